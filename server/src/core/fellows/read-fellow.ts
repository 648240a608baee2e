import type { Actor } from '../actor.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import type { User } from '../users/user.ts'
import { findSeen, type Wanted } from './sight.ts'

/** The card of somebody whom the actor may know of. Whom they may not know of is nobody to them. */
export async function readFellow(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: Wanted,
): Promise<Outcome<User, 'not_allowed' | 'user_not_found'>> {
  if (!may(actor, 'users:read')) return refuse({ code: 'not_allowed', needs: 'users:read' })
  return findSeen(core.directory, actor, wanted)
}
