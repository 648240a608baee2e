import { record } from '../activity/record.ts'
import type { Actor, Origin } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { User } from '../users/user.ts'
import { isOver, type Session } from './session.ts'
import { type SignedTokens, signTokens } from './sign-tokens.ts'

export interface RefreshValues {
  refreshToken: string
}

/**
 * Spends a refresh token for a new pair. Of any number of callers with one token exactly one is served; a token that comes a second time,
 * at once or a year later, ends the session: whoever holds the other copy may be a thief.
 */
export async function refreshSession(
  core: Pick<Core, 'commit' | 'tokens' | 'clock'>,
  { origin }: Actor,
  form: Form<RefreshValues>,
): Promise<Outcome<SignedTokens & { user: User }, 'invalid' | 'session_over'>> {
  const reading = startReading(form.faults)
  reading.need('refreshToken', form.values.refreshToken)
  const { refreshToken } = form.values
  if (reading.faults.length > 0 || refreshToken === undefined) return invalid(reading.faults)
  if (refreshToken.length > limits.tokenLengthMax) return refuse({ code: 'session_over', because: 'over' })
  const next = core.tokens.newRefreshToken()
  const digest = core.tokens.refreshTokenDigest(refreshToken)
  const refreshed = await core.commit('refresh-session', { digest, nextDigest: next.digest, origin })
  if (!refreshed.ok) return refreshed
  if (refreshed.value.kind === 'reused') return refuse({ code: 'session_over', because: 'spent' })
  const { session, user } = refreshed.value
  return grant({ ...(await signTokens(core, session, next.token)), user })
}

/**
 * That a token is reused is no refusal here: ending its family must not be rolled back. The user is held before the session, as by whoever
 * deactivates them: the other way round, many refreshes at once would keep a deactivation from ever getting through.
 */
export async function commitRefresh(
  transaction: Transaction,
  { digest, nextDigest, origin }: { digest: string; nextDigest: string; origin: Origin },
): Promise<Outcome<{ kind: 'refreshed'; session: Session; user: User } | { kind: 'reused' }, 'session_over'>> {
  const { store, nowMs } = transaction
  const spent = await store.sessions.spendRefreshToken(digest, nowMs)
  if (spent.kind === 'unknown') return refuse({ code: 'session_over', because: 'over' })
  const { sessionId, userId } = spent
  const user = await store.users.byId(userId)
  const session = await store.sessions.byId(sessionId)
  const stands = session !== null && !isOver(session, nowMs)
  if (spent.kind === 'reused') {
    await store.sessions.end(sessionId, userId, nowMs)
    if (stands) await record(transaction, { kind: 'stranger', origin }, userId, 'refresh_token_reused')
    return grant({ kind: 'reused' })
  }
  if (!stands) return refuse({ code: 'session_over', because: 'over' })
  if (user === null || user.status !== 'active') return refuse({ code: 'session_over', because: 'over' })
  await store.sessions.addRefreshToken(session, nextDigest, nowMs)
  await store.sessions.noteUse(sessionId, origin, nowMs)
  return grant({ kind: 'refreshed', session, user })
}
