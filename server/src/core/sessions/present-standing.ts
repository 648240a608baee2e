import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core } from '../ports.ts'

/** The caller as they are at this moment, for work that may outlive their standing. */
export async function presentStanding(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
): Promise<Outcome<Actor, 'unauthenticated' | 'account_inactive'>> {
  if (actor.kind !== 'user') return grant(actor)
  const { id, means } = actor
  const standing = means.kind === 'session' ? await directory.standing(id, means.sessionId) : null
  const user = means.kind === 'session' ? (standing?.user ?? null) : await directory.users.byId(id)
  if (user !== null && user.status !== 'active') return refuse({ code: 'account_inactive' })
  if (user === null || standing?.sessionStands === false) return refuse({ code: 'unauthenticated', token: 'over' })
  return grant({ ...actor, role: user.role })
}
