import type { Actor } from '../actor.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import type { UserInBrief } from './user.ts'

/** The caller lost the right to what they were being sent. */
export class NoLongerAllowed extends Error {
  override readonly name = 'NoLongerAllowed'
}

/**
 * All live users in order of creation, in stretches, however many there are. Whoever comes or goes while they are read may be among them or not;
 * nobody else is left out or comes twice. Ends with a `NoLongerAllowed` when the caller is signed out, demoted or deactivated meanwhile.
 */
export function everyUser(
  core: Pick<Core, 'directory'>,
  actor: Actor,
): Outcome<AsyncIterable<readonly UserInBrief[]>, 'not_allowed'> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  return grant(stretches(core, actor))
}

async function* stretches(core: Pick<Core, 'directory'>, actor: Actor): AsyncGenerator<readonly UserInBrief[]> {
  let last = 0
  for (;;) {
    const users = await core.directory.users.following(last, limits.usersStreamedAtOnce)
    if (last > 0) {
      const present = await presentStanding(core, actor)
      if (!present.ok || !may(present.value, 'users:list')) throw new NoLongerAllowed()
    }
    if (users.length > 0) yield users
    const next = users.at(-1)?.number
    if (next === undefined || users.length < limits.usersStreamedAtOnce) return
    last = next
  }
}
