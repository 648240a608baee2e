import type { Actor } from '../actor.ts'
import { type Form, invalid } from '../form.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Matches, MatchQuestion } from '../ports.ts'

/** A page of the users whom the actor may know of, and whom a condition is true of. Nobody else is among them, nor counted. */
export async function listFellows(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  { values, faults }: Form<Omit<MatchQuestion, 'among'>>,
): Promise<Outcome<Matches, 'not_allowed' | 'invalid' | 'filter_too_slow'>> {
  if (!may(actor, 'users:read')) return refuse({ code: 'not_allowed', needs: 'users:read' })
  if (faults.length > 0) return invalid(faults)
  const { where = null, order = [], skip = 0, top = 0, count = true } = values
  const among = actor.kind !== 'user' || may(actor, 'users:list') ? 'everybody' : { fellowsOf: actor.id }
  return directory.users.matching({ among, where, order, skip, top, count })
}
