import type { ApiToken, ApiTokenId } from '../src/core/api-tokens/api-token.ts'
import type { Permission } from '../src/core/permissions.ts'
import type { SessionId } from '../src/core/sessions/session.ts'
import { type CastName, cast } from './cast.ts'
import type { World } from './world.ts'

/** An API token of a member of the cast, as the house makes one, and for nothing at all, too. */
export async function apiTokenOf(
  world: World,
  name: CastName,
  permissions: readonly Permission[],
): Promise<{ id: ApiTokenId; token: string }> {
  const { core } = world
  const { id: userId, role } = cast[name].user
  const [, claims = ''] = (await world.token(name)).split('.')
  const { sid } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sid: SessionId }
  const { token, digest } = core.apiTokens.newToken()
  const nowMs = core.clock()
  const made: ApiToken = {
    id: core.ids.next() as ApiTokenId,
    userId,
    name: 'a script',
    permissions,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + 24 * 3600 * 1000,
    lastUsedAtMs: null,
  }
  const means = { kind: 'session', sessionId: sid } as const
  const actor = { kind: 'user', id: userId, role, means, origin: { ip: null, userAgent: null } } as const
  const maker = { actor, id: userId, sessionId: sid }
  const kept = await core.commit('make-api-token', { maker, made, digest })
  if (!kept.ok) throw new Error(`no token for ${name}: ${kept.refusal.code}`)
  return { id: made.id, token }
}
