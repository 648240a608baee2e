import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type FastifyInstance, type FastifyRequest, fastify } from '#fastify'
import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'
import type { TrustedProxies } from './addresses.ts'
import { arrivalOf } from './admission.ts'
import type { Authenticate } from './authentication.ts'
import { answerClientError } from './client-errors.ts'
import { type Connections, defaultTimeouts, openConnections, type Timeouts } from './connections.ts'
import type { Contract, MountedContract } from './contract.ts'
import { type Desk, openDesk } from './desk.ts'
import type { Guard } from './guards.ts'
import type { Metrics } from './metrics.ts'
import type { Problem } from './phrasebook.ts'
import { plainRefusals } from './plain-refusals.ts'
import type { RateLimits } from './rate-limits.ts'
import { type Atlas, drawAtlas } from './routing.ts'

export interface ServerOptions {
  readonly contracts: readonly MountedContract[]
  readonly core: Core
  readonly authenticate: Authenticate
  readonly rateLimits: RateLimits
  readonly metrics: Pick<Metrics, 'watch'>
  readonly log: Log
  readonly publicUrl: string
  /** Turns requests away before anything else looks at them. */
  readonly guard?: Guard | null
  readonly proxies?: TrustedProxies | null
  /** Whether an error says that something we need is away for now, rather than that we have a bug. */
  readonly isUnavailable?: (thrown: unknown) => boolean
  readonly timeouts?: Partial<Timeouts>
}

/** What the server tells whoever runs it; never names, addresses or what was sent. */
export interface Log {
  error(event: string, fields: FaultNote): void
}

export interface FaultNote {
  readonly requestId: string
  readonly contract: string
  readonly route: string
  readonly method: string
  readonly fault: unknown
}

export interface Server extends AsyncDisposable {
  /** Port 0 takes any free one. */
  listen(at: { readonly host: string; readonly port: number }): Promise<{ readonly port: number }>
  /** Takes no more connections, lets requests under way finish, and cuts off what is left after the grace. */
  close(graceSeconds?: number): Promise<void>
}

/** Throws a `MountConflict` when two contracts are in each other's way. */
export async function openServer(options: ServerOptions): Promise<Server> {
  const atlas = drawAtlas(options.contracts, nobodys)
  const connections = openConnections(atlas, { ...defaultTimeouts, ...options.timeouts })
  const desk = openDesk(options, atlas)
  const app = fastify({
    bodyLimit: limits.bodyBytesMax,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    serverFactory: connections.serve,
    clientErrorHandler: (error, socket) => answerClientError(error, socket, atlas),
    genReqId: numberRequests(),
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: true,
      /** Encoded, a code point takes twelve characters at most; decoded ones are counted later. */
      maxParamLength: limits.pathParameterLengthMax * 12,
      querystringParser: () => noQuery,
    },
    frameworkErrors: (error, request, reply) => desk.answerError(request, reply, error),
  })
  takeBytes(app)
  greet(app, desk, options.guard ?? null)
  for (const placed of atlas.routes) desk.open(app, placed)
  bar(app, desk, atlas)
  await app.ready()
  return runServer(app, connections)
}

/** Whose form an answer takes where no contract is mounted. */
const nobodys: Contract = { name: 'nobody', mount: '/', routes: [], refusals: plainRefusals }

const noQuery = {}

/** Told apart from those of other nodes and earlier runs; never taken from the caller. */
function numberRequests(): () => string {
  const run = randomBytes(6).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return `${run}-${count}`
  }
}

/** Answered as if there were no more open pattern behind. */
function bar(app: FastifyInstance, desk: Desk, { barred }: Atlas) {
  for (const { method, pattern } of barred) {
    app.route({
      method: method === 'GET' ? ['GET', 'HEAD'] : [method],
      url: pattern,
      onRequest: (request, reply, _done) => desk.answerUnknown(request, reply),
      handler: () => undefined,
    })
  }
}

/** Bodies come as bytes: what they mean is the route's business. */
function takeBytes(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** What is the same for every path, known or not. */
function greet(app: FastifyInstance, desk: Desk, guard: Guard | null) {
  app.decorateRequest('open', null)
  app.decorateRequest('admission', null)
  app.decorateRequest('service', null)
  app.addHook('onRequest', (request, reply, done) => {
    const problem = problemOnArrival(request, guard)
    if (problem) desk.refuse(request, reply, problem)
    else if (request.is404) desk.answerUnknown(request, reply)
    else done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    desk.note(request, reply)
    done()
  })
  app.addHook('preClose', (done) => {
    desk.hangUp()
    done()
  })
  app.setErrorHandler((error, request, reply) => desk.answerError(request, reply, error))
}

/** RFC 9112, section 3.2: one, and no more. */
function hostsIn(rawHeaders: readonly string[]): number {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') hosts += 1
  }
  return hosts
}

function problemOnArrival(request: FastifyRequest, guard: Guard | null): Problem | null {
  const { httpVersion, rawHeaders } = request.raw
  const hosts = hostsIn(rawHeaders)
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) return { code: 'bad_request' }
  return guard?.(arrivalOf(request)) ?? null
}

function runServer(app: FastifyInstance, connections: Connections): Server {
  let closing: Promise<void> | null = null

  async function close(graceSeconds: number) {
    const cutOff = setTimeout(() => app.server.closeAllConnections(), graceSeconds * 1000)
    try {
      connections.dropUnused()
      await app.close()
    } finally {
      clearTimeout(cutOff)
    }
  }

  return {
    async listen({ host, port }) {
      await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port })
      return { port: (app.server.address() as AddressInfo).port }
    },
    close: (graceSeconds = 10) => (closing ??= close(graceSeconds)),
    [Symbol.asyncDispose]() {
      return this.close(0)
    },
  }
}
