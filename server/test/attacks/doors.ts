import { contracts } from '../../src/app/contracts.ts'
import type { Route } from '../../src/http/contract.ts'
import type { World } from '../world.ts'

/** One route of one contract, where this world serves it. */
export interface Door {
  /** `sudigital PUT /api/users/:id` */
  readonly name: string
  readonly contract: string
  readonly route: Route
  /** The path to knock at for this user. */
  at(id: string): string
}

export function everyDoor({ settings }: Pick<World, 'settings'>): Door[] {
  return Object.values(contracts).flatMap(({ name, routes }) => {
    const mount = settings.mounts[name as keyof typeof contracts]
    if (mount === null) return []
    return routes.map((route) => ({
      name: `${name} ${route.method} ${route.path}`,
      contract: name,
      route,
      at: (id: string) => `${mount === '/' ? '' : mount}${route.path.replace(/:\w+/, id)}`,
    }))
  })
}

/** Whether its path says whose record it is about. */
export function namesUser({ path }: Pick<Route, 'path'>): boolean {
  return /\/users\/:/.test(path)
}

/** There everybody may ask, and is told of whom they may not know that they are nobody. */
export function isOfFellows({ contract, route }: Pick<Door, 'contract' | 'route'>): boolean {
  return contract === 'racknap' && route.reach !== 'organizations'
}

/** Everything that an answer says, but the time of day and the number of the request: what two answers may be told apart by. */
export async function everythingSaid(answer: Response): Promise<string> {
  const text = await answer.text()
  const body = unnumbered(text)
  const headers = [...answer.headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`)
  const said = [answer.status, ...headers, '', body].join('\n')
  return said.replace(`content-length: ${Buffer.byteLength(text)}`, `content-length: ${Buffer.byteLength(body)}`)
}

/** One contract says to which request it speaks. */
export function unnumbered(body: string): string {
  return body.replace(/"requestId":"[\w-]+"/, '"requestId":""')
}

export interface Pair {
  readonly accessToken: string
  readonly refreshToken: string
}

export function logIn(world: World, json: object, headers: Record<string, string> = {}): Promise<Response> {
  return world.fetch('/api/auth/login', { method: 'POST', json, headers })
}

/** The tokens of a sign-in that has to succeed. */
export async function pairOf(answer: Response): Promise<Pair> {
  if (answer.status !== 200) throw new Error(`no tokens in ${answer.status} ${await answer.text()}`)
  const { data } = (await answer.json()) as { data: Pair }
  return data
}

export function refresh(world: World, refreshToken: string): Promise<Response> {
  return world.fetch('/api/auth/refresh', { method: 'POST', json: { refreshToken } })
}

export function withToken(token: string): { headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${token}` } }
}
