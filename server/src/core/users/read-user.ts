import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may, mayReach } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { looksLikeId, parseUserId } from './names.ts'
import type { User } from './user.ts'

/** One's own record, or anybody's for an admin. Whoever may not read it learns nothing, not even whether it exists. */
export async function readUser(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<User, 'not_allowed' | 'invalid' | 'user_not_found'>> {
  if (!mayReach(actor, 'users:read', wanted.toLowerCase())) return refuse({ code: 'not_allowed', needs: 'users:read' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const read = core.directory.users.byId(id.value)
  const user = read instanceof Promise ? await read : read
  return user === null ? refuse({ code: 'user_not_found', wanted }) : grant(user)
}

/** Finds a user by their e-mail address and nothing else. */
export async function findUserByEmail(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<User, 'not_allowed' | 'user_not_found'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  const user = await core.directory.users.byClaim('email', wanted)
  return user === null ? refuse({ code: 'user_not_found', wanted }) : grant(user)
}

/**
 * Finds a user by what a contract with usernames calls them: the username first, then the e-mail of a user who has no username, then the id.
 * None of these shadows another: a username is never of UUID form, and holds an `@` only in its owner's e-mail.
 */
export async function findUser(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<User, 'not_allowed' | 'user_not_found'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  const { users } = core.directory
  const byUsername = await users.byClaim('username', wanted)
  if (byUsername !== null) return grant(byUsername)
  const byEmail = await users.byClaim('email', wanted)
  if (byEmail !== null && byEmail.username === null) return grant(byEmail)
  const id = looksLikeId(wanted) ? parseUserId(wanted) : null
  const byId = id !== null && 'value' in id ? await users.byId(id.value) : null
  return byId === null ? refuse({ code: 'user_not_found', wanted }) : grant(byId)
}
