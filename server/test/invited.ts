import assert from 'node:assert/strict'
import type { AccessClaims } from '../src/core/sessions/session.ts'
import type { UserId } from '../src/core/users/user.ts'
import type { World } from './world.ts'

/** What is shown of an invitation. */
export interface Shown {
  readonly id: string
  readonly state: string
  readonly email: string | null
  readonly role: string
  readonly userId: UserId
  readonly sentAt: string
  readonly expiresAt: string
}

export const goodPassword = 'Lighthouse-Keeper-77!'

/** Ada asks, however long after she signed in: these tests are about days, and an access token is good for an hour. */
export async function ask(world: World, method: string, path: string, json?: object): Promise<Response> {
  const known = tokens.get(world) ?? longLivedToken(world)
  tokens.set(world, known)
  const headers = { authorization: `Bearer ${await known}` }
  return world.fetch(path, { method, headers, ...(json === undefined ? {} : { json }) })
}

const tokens = new WeakMap<World, Promise<string>>()

async function longLivedToken(world: World): Promise<string> {
  const [, payload = ''] = (await world.token('ada')).split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessClaims
  return world.core.tokens.sign({ ...claims, exp: claims.iat + 366 * 24 * 3600 })
}

export function askToInvite(world: World, json: object): Promise<Response> {
  return ask(world, 'POST', '/api/invitations', json)
}

/** An invitation that has to be sent. */
export async function invite(world: World, json: object): Promise<Shown> {
  return shownIn(await askToInvite(world, json))
}

export async function shownIn(answer: Response): Promise<Shown> {
  if (answer.status >= 300) assert.fail(`${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { data: Shown }).data
}

export async function stateOf(world: World, id: string): Promise<string> {
  return (await shownIn(await ask(world, 'GET', `/api/invitations/${id}`))).state
}

export function accept(world: World, token: string, more: object = {}): Promise<Response> {
  const json = { token, password: goodPassword, ...more }
  return world.fetch('/api/auth/accept-invitation', { method: 'POST', json })
}

export function resend(world: World, id: string): Promise<Response> {
  return ask(world, 'POST', `/api/invitations/${id}/resend`)
}

export function revoke(world: World, id: string): Promise<Response> {
  return ask(world, 'DELETE', `/api/invitations/${id}`)
}

export async function historyOf({ core }: World, userId: UserId): Promise<string[]> {
  const question = { userId, type: null, fromMs: null, toMs: null, offset: 0, limit: 100 }
  const { entries } = await core.directory.activity.page(question)
  return entries.map(({ type }) => type).reverse()
}
