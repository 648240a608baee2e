import { readFile } from 'node:fs/promises'
import { type Answer, bytes } from './answer.ts'
import { type Call, type Contract, get, type RouteFacts } from './contract.ts'
import { fileAnswer, once, pageAnswer, policy } from './pages/answers.ts'
import { type Described, isHouse, type PageName, pageNames, renderPage, renderReference } from './pages/render.ts'
import { plainRefusals } from './plain-refusals.ts'
import { type ReferenceBundle, readReferenceBundle } from './reference-bundle.ts'

interface Documented {
  /** That of the house contract, which the pages are about: `''` for the root. */
  readonly mount: string
  readonly described: readonly Described[]
}

/**
 * Pages for people: `/docs`, where the house contract's description can be read and tried out, `/docs/racknap` and the like for the others, and those
 * it names as related. Everything on them comes from this server.
 */
export function documentationContract({ mount, described }: Documented): Contract {
  const style = once(() => readFile(new URL('./pages/page.css', import.meta.url), 'utf8'))
  const start = once(() => readFile(new URL('./pages/start-reference.js', import.meta.url), 'utf8'))
  const bundle = once(readReferenceBundle)
  return {
    name: 'documentation',
    mount: '/',
    owns: 'routes',
    refusals: plainRefusals,
    routes: [
      get('/docs', ({ publicUrl }) => referencePage({ publicUrl, mount, described }), facts('API reference')),
      ...described
        .filter(({ name }) => !isHouse(name))
        .map((other) =>
          get(
            `/docs/${other.name}`,
            ({ publicUrl }) => referencePage({ publicUrl, mount: other.mount, described }),
            facts(`API reference: ${other.name}`),
          ),
        ),
      ...pageNames.map((name) => get(`/docs/${name}`, (call) => docsPage(call, name, mount), facts(`Page: ${name}`))),
      get('/docs/page.css', async () => fileAnswer('text/css', await style()), facts('Style of the pages')),
      get(
        '/docs/start-reference.js',
        async () => fileAnswer('text/javascript', await start()),
        facts('Starts the reference'),
      ),
      get('/docs/reference.js', async (call) => bundleAnswer(call, await bundle()), facts('The reference itself')),
    ],
  }
}

function facts(summary: string): RouteFacts {
  return { needs: 'nobody', answers: [200], summary }
}

function referencePage(place: Parameters<typeof renderReference>[0]): Answer {
  return pageAnswer(place, renderReference(place), referencePolicy)
}

async function docsPage(call: Call, name: PageName, mount: string): Promise<Answer> {
  return pageAnswer(call, await renderPage(name, { publicUrl: call.publicUrl, mount }), pagePolicy)
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

function bundleAnswer({ headers }: Call, { plain, zipped }: ReferenceBundle): Answer {
  const takesZipped = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(headers['accept-encoding'] ?? ''))
  const constant = { 'cache-control': 'public, max-age=86400', vary: 'Accept-Encoding' }
  const type = 'text/javascript; charset=utf-8'
  return takesZipped
    ? bytes(200, type, zipped, { ...constant, 'content-encoding': 'gzip' })
    : bytes(200, type, plain, constant)
}
