import { readdirSync, readFileSync } from 'node:fs'
import type { Contract, Route } from './contract.ts'
import { patternOf } from './contract.ts'
import type { JsonObject } from './openapi-schemas.ts'
import { placeholder, readMessage, readRecording } from './recordings.ts'

/** One recorded exchange, with plausible values where the recording has placeholders. */
export interface Example {
  /** The heading of its page. */
  readonly title: string
  readonly route: Route
  readonly status: number
  readonly request: unknown
  readonly answer: unknown
}

/** Reads the recordings of a contract, in order of their files. Throws when one cannot be read. */
export function readExamples({ about, mount, routes }: Contract): Example[] {
  const folder = about?.recordings
  if (folder === undefined) return []
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`)
  const routeAt = routeFinder(routes, mount)
  const pages = readdirSync(base).filter((name) => name.endsWith('.md'))
  return pages.sort().flatMap((page) => {
    const { title, exchanges } = readRecording(filled(readFileSync(new URL(page, base), 'utf8')), page)
    return exchanges.flatMap(({ request, answer }) => {
      const asked = readMessage(request)
      const answered = readMessage(answer)
      const [method = '', target = ''] = asked.line.split(' ')
      const route = routeAt(method, target)
      if (route === null) return []
      const status = Number(answered.line.split(' ')[1])
      return [{ title, route, status, request: bodyValue(asked.body), answer: bodyValue(answered.body) }]
    })
  })
}

const examplesMax = 2

/** Named parts of an `examples` object; the same value twice is one example. */
export function namedExamples(examples: readonly { title: string; value: unknown }[]): JsonObject {
  const seen = new Set<string>()
  const named: Record<string, { summary: string; value: unknown }> = {}
  for (const { title, value } of examples) {
    const written = JSON.stringify(value)
    if (value === undefined || seen.has(written) || seen.size >= examplesMax) continue
    seen.add(written)
    named[`recorded-${seen.size}`] = { summary: title, value }
  }
  return named
}

/** Finds the route that answers under a path; where a segment is spelled out, the verbs of a parameter in its place are not heard. */
export function routeFinder(routes: readonly Route[], mount: string): (method: string, target: string) => Route | null {
  const places = routes.map((route) => ({ route, segments: segmentsOf(patternOf(mount, route.path)) }))
  return (method, target) => {
    const wanted = segmentsOf(target.split('?', 1)[0] ?? '')
    const verb = method === 'HEAD' ? 'GET' : method
    const hits = places.filter(({ segments }) => covers(segments, wanted)).map(({ route }) => route)
    const fewest = Math.min(...hits.map(parametersIn))
    return hits.find((route) => parametersIn(route) === fewest && route.method === verb) ?? null
  }
}

function covers(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length !== path.length) return false
  return pattern.every((segment, index) => (segment.startsWith(':') ? path[index] !== '' : segment === path[index]))
}

function parametersIn({ path }: Route): number {
  return path.split('/:').length
}

function segmentsOf(path: string): string[] {
  const segments = path.split('/').slice(1)
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments
}

function bodyValue(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** What stands for a value of each kind; the count keeps those of one page apart. */
const plausible: Readonly<Record<string, (count: number) => string>> = {
  uuid: (count) => `0198c0de-7000-7000-8000-${String(count).padStart(12, '0')}`,
  date: () => 'Mon Jan 05 2026 09:00:00 GMT+0000 (Coordinated Universal Time)',
  number: (count) => String(count + 1),
  token: (count) => `Vk9zq2X0aBcDeFgHiJkLm${count}`,
  text: () => 'text',
  end: () => '\n',
  base32: () => 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  svg: () => 'xmlns=\\"http://www.w3.org/2000/svg\\"/>',
  origin: () => 'https://directory.example.com',
  key: (count) => String(count).padStart(32, '0f9a'),
  code: (count) => `p504-mp9w-rrp3-${String(count).padStart(4, '0')}`,
}

/** A placeholder says its kind where it shows for the first time; those that nothing sets are tokens. */
function filled(page: string): string {
  const kinds = new Map<string, string>()
  for (const [, name = '', kind] of page.matchAll(new RegExp(placeholder, 'g'))) {
    if (kind !== undefined || !kinds.has(name)) kinds.set(name, kind ?? 'token')
  }
  const names = [...kinds.keys()]
  return page.replace(new RegExp(placeholder, 'g'), (_, name: string) => {
    const value = plausible[kinds.get(name) ?? 'token']
    return value?.(names.indexOf(name)) ?? name
  })
}
