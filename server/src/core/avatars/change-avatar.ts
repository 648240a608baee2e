import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { mayReach } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import { parseUserId } from '../users/names.ts'
import type { User, UserId } from '../users/user.ts'
import { isStale, type WantedVersions } from '../users/versions.ts'
import { type Avatar, type AvatarAddresses, imageKindOf, imageKinds } from './avatar.ts'

export interface AvatarValues {
  /** As it was sent. */
  avatar: Uint8Array
}

export interface ChangedAvatar {
  readonly user: User
  readonly addresses: AvatarAddresses
}

type ChangeRefusal =
  | 'not_allowed'
  | 'invalid'
  | 'unsupported_image'
  | 'unprocessable_image'
  | 'file_rejected'
  | 'busy'
  | 'unauthenticated'
  | 'account_inactive'
  | 'user_not_found'
  | 'stale'

/**
 * Gives a user the picture that was sent: one's own, or anybody's for an admin. It is scanned as it came, before anything decodes it, and nothing
 * of it is kept but the pixels. That takes a while, so the caller's standing is asked once more before it is done.
 */
export async function changeAvatar(
  core: Pick<Core, 'commit' | 'directory' | 'images' | 'scanner' | 'avatarLinks'>,
  actor: Actor,
  wanted: string,
  { form, versions }: { form: Form<AvatarValues>; versions: WantedVersions },
): Promise<Outcome<ChangedAvatar, ChangeRefusal>> {
  const denied = refuse({ code: 'not_allowed', needs: 'users:update' } as const)
  if (!mayReach(actor, 'users:update', wanted.toLowerCase())) return denied
  const reading = startReading(form.faults)
  const id = reading.read('id', wanted, parseUserId)
  const { avatar: image } = form.values
  reading.need('avatar', image)
  if (id === undefined || image === undefined || reading.faults.length > 0) return invalid(reading.faults)
  if (imageKindOf(image) === null) return refuse({ code: 'unsupported_image', kinds: imageKinds })

  const scan = await core.scanner.scan(image)
  if (scan.kind === 'unscanned') return refuse({ code: 'busy', retryAfterSeconds: scannerRetrySeconds })
  if (scan.kind === 'flagged') {
    await core.commit('record-avatar-rejection', { actor, id, signature: scan.signature }, rejectionPart)
    return refuse({ code: 'file_rejected' })
  }
  const read = await core.images.read(image)
  if (!read.ok) return read
  const present = await presentStanding(core, actor)
  if (!present.ok) return present
  if (!mayReach(present.value, 'users:update', id)) return denied
  const addresses = core.avatarLinks.ofPictures(id, read.value.hash)
  const change = { actor: present.value, id, avatar: read.value, address: addresses.large, versions }
  const changed = await core.commit('change-avatar', change)
  return changed.ok ? grant({ user: changed.value, addresses }) : changed
}

/** A scanner that is away was stopped, or reads its signatures: that takes minutes. */
const scannerRetrySeconds = 30
/** Of a request that may be sent again. */
const rejectionPart = 1

export interface AvatarChange {
  readonly actor: Actor
  readonly id: UserId
  readonly avatar: Avatar
  /** Of the large one: what contracts show as the user's `avatar`. */
  readonly address: string
  readonly versions: WantedVersions
}

export async function commitChangeAvatar(
  transaction: Transaction,
  { actor, id, avatar, address, versions }: AvatarChange,
): Promise<Outcome<User, 'user_not_found' | 'stale'>> {
  const { store } = transaction
  const user = await store.users.byId(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  if (isStale(user, versions)) return refuse({ code: 'stale', version: user.version })
  const isKept = (await store.avatars.hashOf(id)) === avatar.hash
  if (isKept && user.particulars.avatar === address) return grant(user)
  await store.avatars.keep(id, avatar)
  return grant(await saveAvatar(transaction, actor, user, address))
}

/** The record follows the picture, in the same transaction. */
export async function saveAvatar(
  transaction: Transaction,
  actor: Actor,
  user: User,
  avatar: string | null,
): Promise<User> {
  const { store, nowMs } = transaction
  const particulars = { ...user.particulars, avatar }
  const saved = await store.users.save(user, { ...user, particulars, version: user.version + 1, updatedAtMs: nowMs })
  if (!saved.ok) throw new Error('a picture cannot stand in the way of a name, or of the last admin')
  await record(transaction, actor, user.id, 'avatar_changed')
  return saved.value
}

/** What was sent is not kept: what it is called by the scanner is all that is known of it afterwards. */
export async function commitRecordAvatarRejection(
  transaction: Transaction,
  { actor, id, signature }: { readonly actor: Actor; readonly id: UserId; readonly signature: string },
): Promise<Outcome<null, never>> {
  await record(transaction, actor, id, 'avatar_rejected', { name: signature })
  return grant(null)
}
