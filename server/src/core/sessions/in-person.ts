import type { Actor, SignedIn } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { User, UserId } from '../users/user.ts'
import { isOver, type Session, type SessionId } from './session.ts'

/** Somebody in a session of their own. */
export interface InPerson {
  readonly actor: SignedIn
  readonly id: UserId
  readonly sessionId: SessionId
}

/** Null for whoever has not signed in themselves: a program with a token, or somebody in the person's stead. */
export function inPerson(actor: Actor): InPerson | null {
  if (actor.kind !== 'user' || actor.means.kind !== 'session') return null
  return { actor, id: actor.id, sessionId: actor.means.sessionId }
}

/**
 * The user, as long as they and the session in which they act stand; both are held until the transaction ends, the user first, as by whoever ends
 * all of their sessions.
 */
export async function stillInPerson(
  { store, nowMs }: Transaction,
  { id, sessionId }: Pick<InPerson, 'id' | 'sessionId'>,
): Promise<Outcome<{ user: User; session: Session }, 'unauthenticated'>> {
  const user = await store.users.byId(id)
  const session = await store.sessions.byId(sessionId)
  if (user?.status !== 'active' || session === null || isOver(session, nowMs))
    return refuse({ code: 'unauthenticated', token: 'over' })
  return grant({ user, session })
}
