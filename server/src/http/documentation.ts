import { readFile } from 'node:fs/promises'
import { type Answer, bytes, type Headers } from './answer.ts'
import { type Call, type Contract, get, type RouteFacts } from './contract.ts'
import { type PageName, pageNames, renderPage, renderReference } from './pages/render.ts'
import { plainRefusals } from './plain-refusals.ts'
import { type ReferenceBundle, readReferenceBundle } from './reference-bundle.ts'

/**
 * Pages for people: `/docs`, where the house contract's description can be read and tried out, and those it names as related. Everything on them
 * comes from this server. `mount` is that of the house contract: `''` for the root.
 */
export function documentationContract({ mount }: { readonly mount: string }): Contract {
  const style = once(() => readFile(new URL('./pages/page.css', import.meta.url), 'utf8'))
  const start = once(() => readFile(new URL('./pages/start-reference.js', import.meta.url), 'utf8'))
  const bundle = once(readReferenceBundle)
  return {
    name: 'documentation',
    mount: '/',
    owns: 'routes',
    refusals: plainRefusals,
    routes: [
      get(
        '/docs',
        (call) => html(call, renderReference(`${mount}/openapi.json`), referencePolicy),
        facts('API reference'),
      ),
      ...pageNames.map((name) => get(`/docs/${name}`, (call) => pageAnswer(call, name, mount), facts(`Page: ${name}`))),
      get('/docs/page.css', async () => text('text/css', await style()), facts('Style of the pages')),
      get(
        '/docs/start-reference.js',
        async () => text('text/javascript', await start()),
        facts('Starts the reference'),
      ),
      get('/docs/reference.js', async (call) => bundleAnswer(call, await bundle()), facts('The reference itself')),
    ],
  }
}

function facts(summary: string): RouteFacts {
  return { needs: 'nobody', answers: [200], summary }
}

async function pageAnswer(call: Call, name: PageName, mount: string): Promise<Answer> {
  return html(call, await renderPage(name, { publicUrl: call.publicUrl, mount }), pagePolicy)
}

/** Nothing from elsewhere, nothing inline, no script. */
const pagePolicy = policy("style-src 'self'", "img-src 'self'")

/** The reference sets styles of its own while it runs, and sends requests to this server when something is tried out. */
const referencePolicy = policy(
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
)

function policy(...parts: readonly string[]): string {
  const closed = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
  return [...closed, ...parts].join('; ')
}

/** The headers that helmet would set, on pages alone. */
function html({ publicUrl }: Call, body: string, contentSecurityPolicy: string): Answer {
  const isEncrypted = publicUrl.startsWith('https://')
  const headers: Headers = {
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    ...(isEncrypted ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    'cache-control': 'public, max-age=300',
  }
  return { status: 200, type: 'text/html; charset=utf-8', headers, body }
}

function text(type: string, body: string): Answer {
  return { status: 200, type: `${type}; charset=utf-8`, headers: { 'cache-control': 'public, max-age=3600' }, body }
}

function bundleAnswer({ headers }: Call, { plain, zipped }: ReferenceBundle): Answer {
  const takesZipped = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(headers['accept-encoding'] ?? ''))
  const constant = { 'cache-control': 'public, max-age=86400', vary: 'Accept-Encoding' }
  const type = 'text/javascript; charset=utf-8'
  return takesZipped
    ? bytes(200, type, zipped, { ...constant, 'content-encoding': 'gzip' })
    : bytes(200, type, plain, constant)
}

/** What fails is tried again when it is asked for again. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null
  return () => {
    reading ??= read().catch((thrown: unknown) => {
      reading = null
      throw thrown
    })
    return reading
  }
}
