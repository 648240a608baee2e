import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core } from '../ports.ts'
import { readUser } from '../users/read-user.ts'
import type { User, UserId } from '../users/user.ts'
import type { AvatarAddresses, AvatarSize } from './avatar.ts'
import { initialsOf } from './initials.ts'

type Needs = Pick<Core, 'directory' | 'avatarLinks'>

/** Where a user's picture is to be had. */
export interface AvatarCard {
  /** As the record has it: an address of ours, or of whoever keeps it. */
  readonly avatar: string | null
  /** Of a picture that is kept here. */
  readonly addresses: AvatarAddresses | null
  /** A drawing to show where there is none. */
  readonly initials: string
}

/** Of oneself, or of anybody for an admin. */
export async function readAvatar(
  core: Needs,
  actor: Actor,
  wanted: string,
): Promise<Outcome<AvatarCard, 'not_allowed' | 'invalid' | 'user_not_found'>> {
  const found = await readUser(core, actor, wanted)
  if (!found.ok) return found
  const user = found.value
  const kept = await keptAvatar(core, user)
  return grant({
    avatar: user.particulars.avatar,
    addresses: kept && core.avatarLinks.ofPictures(user.id, kept.hash),
    initials: core.avatarLinks.ofInitials(user.id),
  })
}

/** A picture that is kept here. It is read when it is asked for: most callers have it already. */
export interface KeptAvatar {
  readonly hash: string
  /** Null once another has taken its place. */
  load(size: AvatarSize): Promise<Uint8Array | null>
}

/** Whether its user is live, and whether the caller may see them, is for the caller of this to know. */
export async function keptAvatar(core: Pick<Core, 'directory'>, { id }: Pick<User, 'id'>): Promise<KeptAvatar | null> {
  const { avatars } = core.directory
  const hash = await avatars.hashOf(id)
  return hash === null ? null : { hash, load: async (size) => avatars.picture(id, hash, size) }
}

export type ShownAvatar =
  | { readonly shows: 'picture'; readonly size: AvatarSize; readonly kept: KeptAvatar }
  | { readonly shows: 'initials'; readonly userId: UserId; readonly initials: string }

/**
 * What an address shows to whoever has it, who need not say who they are. It is over with the picture, with its user, and while they are deleted;
 * nobody is told which. Whose address it is, is looked up for nobody who has not the whole of it.
 */
export async function followAvatarLink(core: Needs, name: string): Promise<Outcome<ShownAvatar, 'avatar_not_found'>> {
  const nothing = refuse({ code: 'avatar_not_found' } as const)
  const link = core.avatarLinks.read(name)
  if (link === null) return nothing
  const kept = link.shows === 'initials' ? null : await keptAvatar(core, { id: link.userId })
  if (!core.avatarLinks.leadsTo(link, kept?.hash ?? null)) return nothing
  const user = await core.directory.users.byId(link.userId)
  if (user === null) return nothing
  if (link.shows === 'initials') return grant({ shows: 'initials', userId: user.id, initials: initialsOf(user) })
  return kept === null ? nothing : grant({ shows: 'picture', size: link.shows, kept })
}
