import type { ApiTokenGrant, ApiTokenId } from '../core/api-tokens/api-token.ts'
import { limits } from '../core/limits.ts'
import type { Eventually } from '../core/outcome.ts'
import type { Standing } from '../core/ports.ts'
import type { SessionId } from '../core/sessions/session.ts'
import type { User, UserId } from '../core/users/user.ts'
import { apiTokenGrant, apiTokenStands } from './api-tokens.ts'
import type { Engine } from './engines/engine.ts'
import { openSession } from './sessions.ts'

/** Look-ups that are asked of the database once, until somebody changes what they say. */
export interface Memory {
  user(id: UserId): Eventually<User | null>
  standing(userId: UserId, sessionId: SessionId): Eventually<Standing | null>
  standingOfApiToken(userId: UserId, tokenId: ApiTokenId): Eventually<Standing | null>
  /** A token never changes, so this may be remembered when the token is gone: it says nothing about whether it stands. */
  apiTokenGrant(digest: string): Eventually<ApiTokenGrant | null>
}

/**
 * A record is forgotten before the write that changed it is answered, and nothing is remembered that began to be read before somebody was
 * touched: so what the memory says is never older than an answered write.
 */
export function openMemory(engine: Engine, load: (id: UserId) => Eventually<User | null>): Memory {
  const { here } = engine
  const users = new Map<UserId, Remembered>()
  const grants = new Map<string, ApiTokenGrant>()
  let touches = 0

  engine.onTouched((ids) => {
    touches += 1
    if (ids === 'everybody') users.clear()
    else for (const id of ids) users.delete(id)
  })

  function recall(id: UserId): Remembered | undefined {
    if (!engine.trustsMemory()) return undefined
    const remembered = users.get(id)
    return remembered !== undefined && performance.now() < remembered.untilMs ? remembered : undefined
  }

  async function loadAndRemember(id: UserId): Promise<Remembered | null> {
    const before = touches
    const user = await load(id)
    if (user === null) return null
    const untilMs = performance.now() + engine.rememberMsMax
    const remembered: Remembered = { user, untilMs, sessions: new Map(), apiTokens: null }
    if (touches === before) {
      users.delete(id)
      makeRoom(users, limits.cachedUsersMax)
      users.set(id, remembered)
    }
    return remembered
  }

  async function lookUpStanding(userId: UserId, sessionId: SessionId): Promise<Standing | null> {
    const remembered = recall(userId) ?? (await loadAndRemember(userId))
    if (remembered === null) return null
    const { user, sessions } = remembered
    const open = await openSession(here, sessionId, userId)
    const { impersonator = null, lastUsedAtMs = null } = open ?? {}
    const standing: Standing = { user, stands: open !== null, impersonator, lastUsedAtMs }
    if (standing.stands && sessions.size < limits.sessionsPerUserMax) sessions.set(sessionId, standing)
    return standing
  }

  async function lookUpStandingOfApiToken(userId: UserId, tokenId: ApiTokenId): Promise<Standing | null> {
    const remembered = recall(userId) ?? (await loadAndRemember(userId))
    if (remembered === null) return null
    const stands = await apiTokenStands(here, tokenId, userId)
    const standing: Standing = { user: remembered.user, stands, impersonator: null, lastUsedAtMs: null }
    remembered.apiTokens ??= new Map()
    if (standing.stands && remembered.apiTokens.size < limits.apiTokensPerUserMax)
      remembered.apiTokens.set(tokenId, standing)
    return standing
  }

  async function loadGrant(digest: string): Promise<ApiTokenGrant | null> {
    const grant = await apiTokenGrant(here, digest)
    if (grant === null) return null
    makeRoom(grants, limits.rememberedApiTokensMax)
    grants.set(digest, grant)
    return grant
  }

  return {
    user: (id) => recall(id)?.user ?? loadAndRemember(id).then((loaded) => loaded?.user ?? null),
    standing: (userId, sessionId) => recall(userId)?.sessions.get(sessionId) ?? lookUpStanding(userId, sessionId),
    standingOfApiToken: (userId, tokenId) =>
      recall(userId)?.apiTokens?.get(tokenId) ?? lookUpStandingOfApiToken(userId, tokenId),
    apiTokenGrant: (digest) => grants.get(digest) ?? loadGrant(digest),
  }
}

interface Remembered {
  readonly user: User
  /** By the steady clock. */
  readonly untilMs: number
  /** The sessions that were seen to stand … */
  readonly sessions: Map<SessionId, Standing>
  /** … and the API tokens, which most people have none of. */
  apiTokens: Map<ApiTokenId, Standing> | null
}

/** Whoever came first goes. */
function makeRoom(memory: Map<unknown, unknown>, sizeMax: number): void {
  const [oldest] = memory.size >= sizeMax ? memory.keys() : []
  if (oldest !== undefined) memory.delete(oldest)
}
