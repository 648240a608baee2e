import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { SessionId } from './session.ts'

/** Ends the session that makes the call; its tokens are refused from the next request on. */
export async function signOut(core: Pick<Core, 'commit'>, actor: Actor): Promise<Outcome<null, 'unauthenticated'>> {
  if (actor.kind !== 'user' || actor.means.kind !== 'session') return refuse({ code: 'unauthenticated' })
  return core.commit('end-session', { actor, sessionId: actor.means.sessionId })
}

export async function commitEndSession(
  transaction: Transaction,
  { actor, sessionId }: { actor: Extract<Actor, { kind: 'user' }>; sessionId: SessionId },
): Promise<Outcome<null, never>> {
  await transaction.store.sessions.end(sessionId, actor.id, transaction.nowMs)
  await record(transaction, actor, actor.id, 'logout')
  return grant(null)
}
