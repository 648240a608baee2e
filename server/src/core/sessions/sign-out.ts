import { record } from '../activity/record.ts'
import type { Actor, SignedIn } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { inPerson } from './in-person.ts'
import type { SessionId } from './session.ts'

/** Ends the session that makes the call, or all sessions of whoever makes it; their tokens are refused from the next request on. */
export async function signOut(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  which: 'this_session' | 'all_sessions' = 'this_session',
): Promise<Outcome<null, 'not_in_person'>> {
  const caller = inPerson(actor)
  if (caller === null) return refuse({ code: 'not_in_person' })
  return core.commit('end-session', {
    actor: caller.actor,
    sessionId: which === 'all_sessions' ? null : caller.sessionId,
  })
}

export async function commitEndSession(
  transaction: Transaction,
  { actor, sessionId }: { actor: SignedIn; sessionId: SessionId | null },
): Promise<Outcome<null, never>> {
  const { store, nowMs } = transaction
  if (sessionId === null) {
    await store.users.byId(actor.id)
    await store.sessions.endAll(actor.id, nowMs, null)
  } else await store.sessions.end(sessionId, actor.id, nowMs)
  await record(transaction, actor, actor.id, 'logout')
  return grant(null)
}
