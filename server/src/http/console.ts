import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Answer, bytes, text } from './answer.ts'
import { type Call, type Contract, get, type RouteFacts } from './contract.ts'
import { once, pageAnswer, policy } from './pages/answers.ts'
import { escaped, rootOf } from './pages/render.ts'
import { plainRefusals } from './plain-refusals.ts'

/** Where the build puts it. */
const built = new URL('../../../console/dist/', import.meta.url)

interface Asset {
  readonly type: string
  readonly plain: Uint8Array
  readonly zipped: Readonly<Partial<Record<Encoding, Uint8Array>>>
}

type Encoding = 'br' | 'gzip'

const encodings: readonly (readonly [Encoding, suffix: string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
]
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/**
 * The web console: one page at each of its addresses, which draws what the address says, and its files. `mount` is that of the house contract, the
 * only thing that the console asks: `''` for the root.
 */
export function consoleContract({ mount }: { readonly mount: string }): Contract {
  const page = once(() => readFile(new URL('index.html', built), 'utf8'))
  const assets = once(readAssets)
  const answerPage = async ({ publicUrl }: Call) => {
    const html = await page().catch(missing)
    if (html === null) return text(503, 'The console was not built. `npm run prepare` builds it.\n')
    const answer = pageAnswer({ publicUrl }, placed(html, { publicUrl, mount }), pagePolicy(publicUrl))
    return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-cache' } }
  }
  const paths = ['/', '/console', '/console/:page', '/console/:page/:id', '/console/:page/:id/:part']
  return {
    name: 'console',
    mount: '/',
    owns: 'routes',
    refusals: plainRefusals,
    routes: [
      ...paths.map((path) => get(path, answerPage, facts('The console'))),
      get(
        '/console/assets/:file',
        async (call) => answerAsset(call, (await assets().catch(missing))?.get(call.params.file ?? '')),
        {
          ...facts('A file of the console'),
          answers: [200, 404],
        },
      ),
    ],
  }
}

function facts(summary: string): RouteFacts {
  return { needs: 'nobody', answers: [200, 503], summary }
}

/**
 * Scripts and requests of this server alone. Mantine sets styles while it runs; pictures are drawn by the browser before they are uploaded, and then
 * come from `PUBLIC_URL`, by whatever name of this server the page was opened.
 */
function pagePolicy(publicUrl: string): string {
  return policy(
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    `img-src 'self' data: blob: ${new URL(publicUrl).origin}`,
    "font-src 'self'",
    "connect-src 'self'",
  )
}

/** The page with the addresses that it has on this server. */
function placed(html: string, { publicUrl, mount }: { readonly publicUrl: string; readonly mount: string }): string {
  const root = rootOf({ publicUrl })
  return html
    .replaceAll('./assets/', `${escaped(root)}/console/assets/`)
    .replace('data-root=""', `data-root="${escaped(root)}"`)
    .replace('data-api=""', `data-api="${escaped(`${root}${mount}`)}"`)
    .replace('data-pictures=""', `data-pictures="${escaped(new URL(publicUrl).origin)}"`)
}

async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const folder = new URL('assets/', built)
  const names = (await readdir(folder)).filter((name) => typeOf(name) !== undefined)
  return new Map(await Promise.all(names.map(async (name) => [name, await readAsset(folder, name)] as const)))
}

async function readAsset(folder: URL, name: string): Promise<Asset> {
  const read = (suffix: string) => readFile(fileURLToPath(new URL(`${name}${suffix}`, folder)))
  const zipped = await Promise.all(encodings.map(async ([encoding, suffix]) => [encoding, await read(suffix)] as const))
  return { type: typeOf(name) ?? '', plain: await read(''), zipped: Object.fromEntries(zipped) }
}

function typeOf(name: string): string | undefined {
  return types[name.slice(name.lastIndexOf('.') + 1)]
}

/** A name with a digest in it never means other bytes. */
function answerAsset({ headers, params }: Call, asset: Asset | undefined): Answer {
  if (asset === undefined) return text(404, 'There is no such file.\n')
  const isLasting = /-[\w-]{8}\.\w+$/.test(params.file ?? '')
  const constant = {
    'cache-control': isLasting ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    vary: 'Accept-Encoding',
  }
  const taken = String(headers['accept-encoding'] ?? '')
  for (const [encoding] of encodings) {
    const zipped = asset.zipped[encoding]
    if (zipped !== undefined && takes(taken, encoding)) {
      return bytes(200, asset.type, zipped, { ...constant, 'content-encoding': encoding })
    }
  }
  return bytes(200, asset.type, asset.plain, constant)
}

function takes(accepted: string, encoding: Encoding): boolean {
  return new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`, 'i').test(accepted)
}

function missing(thrown: unknown): null {
  if (thrown instanceof Error && Reflect.get(thrown, 'code') === 'ENOENT') return null
  throw thrown
}
