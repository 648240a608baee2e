import { type Contract, type Method, type MountedContract, patternOf, type Route } from './contract.ts'

/** A route at the place where it is served. */
export interface PlacedRoute {
  readonly route: Route
  readonly contract: Contract
  /** `''` for the root. */
  readonly mount: string
  /** `/express-gateway/users/:id`. */
  readonly pattern: string
}

/** Who answers where. */
export interface Atlas {
  readonly routes: readonly PlacedRoute[]
  /** Verbs that a path has not, although a more open pattern that matches it has them: what a pattern names in so many words is its own. */
  readonly barred: readonly { readonly method: Method; readonly pattern: string }[]
  /** The contract whose form an answer under this path takes, and the verbs that it has there. */
  at(path: string): { readonly contract: Contract; readonly methods: readonly string[] }
}

/** The mounted contracts overlap, or one of them cannot be mounted. */
export class MountConflict extends Error {
  override readonly name = 'MountConflict'
}

/**
 * Places every route, or refuses in a sentence that names the contracts in each other's way: no contract shadows another, reaches into the
 * mount of another, or depends on the order in which they were named. Paths under nobody's mount are `nobodys`.
 */
export function drawAtlas(mounted: readonly MountedContract[], nobodys: Contract): Atlas {
  const routes = mounted.flatMap(placeRoutes)
  const charted = routes.map((placed) => ({ ...placed, segments: segmentsOf(placed.pattern) }))
  const mounts = mounted.filter(({ contract }) => contract.owns !== 'routes').map(territoryOf)
  refuseSharedMounts(mounts)
  refuseIntrusions(charted, mounts)
  refuseSharedPaths(charted)
  const byDepth = mounts.toSorted((one, other) => other.segments.length - one.segments.length)

  return {
    routes,
    barred: crossings(charted).flatMap((crossing) => barredAt(crossing, charted)),
    at(path) {
      const segments = segmentsOf(path)
      const hit = closest(charted.filter((placed) => covers(placed.segments, segments)))
      const territory = byDepth.find((mount) => isBelow(mount.segments, segments))
      const contract = hit[0]?.contract ?? territory?.contract ?? nobodys
      return { contract, methods: verbsOf(hit.map(({ route }) => route.method)) }
    },
  }
}

interface Charted extends PlacedRoute {
  readonly segments: readonly string[]
}

/** Those of the pattern that says most in so many words, from the left. */
function closest(hits: readonly Charted[]): Charted[] {
  const [least] = hits.map(openness).sort()
  return hits.filter((placed) => openness(placed) === least)
}

function openness({ segments }: Charted): string {
  return segments.map((segment) => (isParameter(segment) ? '1' : '0')).join('')
}

/** The most open patterns of paths that two patterns match: one of the two, or both at once, as of `/users/me/:x` and `/users/:id/role`. */
function crossings(charted: readonly Charted[]): readonly string[][] {
  const met = new Map<string, string[]>()
  for (const [{ segments: one }, { segments: other }] of pairs(charted)) {
    if (!overlaps(one, other)) continue
    const crossing = one.map((segment, index) => (isParameter(segment) ? (other[index] ?? segment) : segment))
    met.set(`/${crossing.join('/')}`, crossing)
  }
  return [...met.values()]
}

/** What the router would find there behind the closest pattern, under verbs that this one has not. */
function barredAt(crossing: readonly string[], charted: readonly Charted[]) {
  const hits = charted.filter(({ segments }) => covers(segments, crossing))
  const own = closest(hits).map(({ route }) => route.method)
  const others = new Set(hits.map(({ route }) => route.method).filter((method) => !own.includes(method)))
  return [...others].map((method) => ({ method, pattern: `/${crossing.join('/')}` }))
}

interface Territory {
  readonly contract: Contract
  readonly mount: string
  readonly segments: readonly string[]
}

function territoryOf({ contract, mount }: MountedContract): Territory {
  return { contract, mount, segments: segmentsOf(mount) }
}

function placeRoutes({ contract, mount }: MountedContract): PlacedRoute[] {
  if (!/^\/$|^(\/[A-Za-z0-9._~-]+)+$/.test(mount)) {
    throw new MountConflict(`Contract ${contract.name} cannot be mounted at "${mount}".`)
  }
  return contract.routes.map((route) => {
    const pattern = patternOf(mount, route.path)
    if (!/^\/$|^(\/(:?[A-Za-z0-9_]|[A-Za-z0-9._~-])[A-Za-z0-9._~-]*)+$/.test(pattern)) {
      throw new MountConflict(
        `Contract ${contract.name} has a route "${route.path}" that is no pattern of whole segments.`,
      )
    }
    return { route, contract, mount: mount === '/' ? '' : mount, pattern }
  })
}

function refuseSharedMounts(mounts: readonly Territory[]) {
  for (const [one, other] of pairs(mounts)) {
    if (one.mount === other.mount) {
      throw new MountConflict(`Contracts ${names(one, other)} are both mounted at ${one.mount}.`)
    }
  }
}

/** A route may not lie below a mount that lies deeper than its own contract's. */
function refuseIntrusions(routes: readonly Charted[], mounts: readonly Territory[]) {
  for (const { route, contract, mount, pattern, segments } of routes) {
    for (const other of mounts) {
      if (other.contract === contract || isBelow(other.segments, segmentsOf(mount))) continue
      if (!overlaps(segments.slice(0, other.segments.length), other.segments)) continue
      const trespass = `${route.method} ${pattern} of ${contract.name} reaches into ${other.mount}`
      throw new MountConflict(`${trespass}, where ${other.contract.name} is mounted.`)
    }
  }
}

function refuseSharedPaths(routes: readonly Charted[]) {
  for (const [one, other] of pairs(routes)) {
    const twice =
      one.contract === other.contract && one.route.method === other.route.method && one.pattern === other.pattern
    if (twice) throw new MountConflict(`Contract ${one.contract.name} has ${one.route.method} ${one.pattern} twice.`)
    if (one.contract === other.contract || !overlaps(one.segments, other.segments)) continue
    throw new MountConflict(
      `Contracts ${names(one, other)} both answer under one path: ${one.pattern} and ${other.pattern}.`,
    )
  }
}

function* pairs<T>(all: readonly T[]): Generator<[T, T]> {
  for (const [index, one] of all.entries()) {
    for (let other = index + 1; other < all.length; other += 1) yield [one, all[other] as T]
  }
}

function names(one: { contract: Contract }, other: { contract: Contract }): string {
  return `${one.contract.name} and ${other.contract.name}`
}

/** A slash at the end makes no difference; the root has no segments. */
function segmentsOf(path: string): string[] {
  const segments = path.split('/').slice(1)
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments
}

/** Whether one path could match both patterns. */
function overlaps(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false
  return one.every((segment, index) => isParameter(segment) || isParameter(other[index]) || segment === other[index])
}

/** Whether the pattern matches the path; a parameter is never empty. */
function covers(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length !== path.length) return false
  return pattern.every((segment, index) => (isParameter(segment) ? path[index] !== '' : segment === path[index]))
}

function isBelow(mount: readonly string[], path: readonly string[]): boolean {
  return mount.every((segment, index) => segment === path[index])
}

function isParameter(segment: string | undefined): boolean {
  return segment?.startsWith(':') === true
}

const order: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function verbsOf(methods: readonly Method[]): string[] {
  if (methods.length === 0) return []
  const verbs = new Set<string>([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])
  return order.filter((verb) => verbs.has(verb))
}

/**
 * The path of a request target, decoded for comparing; null when its encoding is none, or hides a NUL. An encoded slash stays encoded: it is
 * no slash.
 */
export function readPath(target: string): { readonly path: string | null; readonly written: string } {
  const [written = ''] = originForm(target).split(/[?#]/, 1)
  if (/%00|\0/.test(written)) return { path: null, written }
  try {
    return { path: written.split('/').map(decodeSegment).join('/'), written }
  } catch {
    return { path: null, written }
  }
}

function decodeSegment(segment: string): string {
  return segment.includes('%') ? decodeURIComponent(segment).replaceAll('/', '%2F') : segment
}

/** What stands behind scheme and authority: proxies may send the absolute form (RFC 9112, section 3.2.2). */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const behind = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1]
  if (behind === undefined) return target
  return behind.startsWith('/') ? behind : `/${behind}`
}
