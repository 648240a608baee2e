import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { mayReach } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import type { User, UserId } from '../users/user.ts'
import { isStale, type WantedVersions } from '../users/versions.ts'
import { saveAvatar } from './change-avatar.ts'

/** Takes a user's picture away, be it kept here or elsewhere: one's own, or anybody's for an admin. */
export async function removeAvatar(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
  versions: WantedVersions,
): Promise<Outcome<User, 'not_allowed' | 'invalid' | 'user_not_found' | 'stale' | 'avatar_not_found'>> {
  if (!mayReach(actor, 'users:update', wanted.toLowerCase()))
    return refuse({ code: 'not_allowed', needs: 'users:update' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  return core.commit('remove-avatar', { actor, id: id.value, versions })
}

export interface AvatarRemoval {
  readonly actor: Actor
  readonly id: UserId
  readonly versions: WantedVersions
}

export async function commitRemoveAvatar(
  transaction: Transaction,
  { actor, id, versions }: AvatarRemoval,
): Promise<Outcome<User, 'user_not_found' | 'stale' | 'avatar_not_found'>> {
  const { store } = transaction
  const user = await store.users.byId(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  if (isStale(user, versions)) return refuse({ code: 'stale', version: user.version })
  if (user.particulars.avatar === null) return refuse({ code: 'avatar_not_found' })
  await store.avatars.remove(id)
  return grant(await saveAvatar(transaction, actor, user, null))
}
