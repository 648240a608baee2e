import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { fastify } from '#fastify'

/** The script that shows an API description in the browser. */
export interface ReferenceBundle {
  readonly plain: Uint8Array
  readonly zipped: Uint8Array
}

/**
 * Scalar's whole reference in one script. Its plug-in for Fastify ships that script without the forty packages that it was made of, so the plug-in
 * is asked for it once, on a server that listens nowhere.
 */
export async function readReferenceBundle(): Promise<ReferenceBundle> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  await using app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
  await app.register(scalar, { routePrefix: '/reference', configuration: { url: '/openapi.json' } })
  const answer = await app.inject('/reference/js/scalar.js')
  if (answer.statusCode !== 200) throw new Error('the reference has no script')
  const plain = answer.rawPayload
  return { plain, zipped: await promisify(gzip)(plain, { level: 9 }) }
}
