import type { Avatar, AvatarSize } from '../avatars/avatar.ts'
import type { Images } from '../avatars/ports.ts'
import { houseRule } from '../credentials/password-rule.ts'
import type { KeptFactor } from '../factors/factor.ts'
import { type KeptFactorValues, readKeptFactors } from '../factors/read-kept-factors.ts'
import { type Form, form, type Reading, startReading } from '../form.ts'
import { parseImportedNumber, parseImportedVersion } from '../organizations/arriving-organization.ts'
import type { OrganizationId, OrganizationRole } from '../organizations/organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core } from '../ports.ts'
import { applyChanges } from './changes.ts'
import { type NewUserValues, readNewUser } from './create-user.ts'
import { type MembershipValues, type OrganizationsKnown, readMemberships } from './memberships.ts'
import { parseUserId } from './names.ts'
import { readChanges, type UserChangeValues } from './read-changes.ts'
import type { Parsed } from './text.ts'
import type { NewUser } from './user.ts'
import { parseInstant } from './values.ts'

/**
 * A user as a file holds them: who was kept elsewhere, or in a directory like this one. Never a password, only what was made of it. Only a name is
 * needed; instants are in ISO 8601.
 */
export interface ImportedUserValues
  extends Omit<NewUserValues, 'password' | 'notifiedByEmail'>,
    Pick<UserChangeValues, 'profile' | 'preferences' | 'attributes'> {
  /** Any UUID that nobody has or had. */
  id: string
  /** Theirs if it is free. */
  number: number
  version: number
  emailVerified: boolean
  createdAt: string
  updatedAt: string
  lastLoginAt: string
  passwordHash: string
  passwordChangedAt: string
  organizations: readonly MembershipValues[]
  /** The three sizes of a picture as `images.read` makes them, in base64. */
  picture: PictureValues
  /** What stands beside the password. */
  factors: readonly KeptFactorValues[]
}

export type PictureValues = { readonly [Size in AvatarSize]: string }

/** What takes whoever sends it to be trusted with how somebody else signs in. */
export const credentialFields = ['passwordHash', 'passwordChangedAt', 'factors'] as const

/** Somebody who was kept elsewhere, ready to be added. Plain data. */
export interface Arrival {
  readonly user: NewUser
  /** Null for the next one. */
  readonly number: number | null
  readonly password: { readonly hash: string; readonly changedAtMs: number } | null
  /** In order of the organizations' ids. */
  readonly memberships: readonly ArrivingMembership[]
  readonly avatar: Avatar | null
  readonly factors: readonly ArrivingFactor[]
  /** Made beforehand where whoever writes has more to do than whoever sends. */
  readonly searched?: SearchedText
}

/** What searches go by, as the store makes it of the user. */
export interface SearchedText {
  readonly text: string
  /** Each once, with a space between one and the next. */
  readonly grams: string
}

export interface ArrivingMembership {
  readonly organizationId: OrganizationId
  readonly role: OrganizationRole
  readonly sinceMs: number
}

export interface ArrivingFactor {
  readonly kept: KeptFactor
  /** Of a passkey. */
  readonly credentialDigest: string | null
}

export type ArrivalCore = Pick<Core, 'passwords' | 'clock' | 'ids' | 'policy' | 'secrets' | 'avatarLinks'> & {
  readonly images: Pick<Images, 'recognise'>
}

interface Reader {
  readonly takesCredentials: boolean
  readonly organizations: OrganizationsKnown
}

/** What a line says of a user, or everything that is wrong with it. */
export function readArrival(
  core: ArrivalCore,
  { values, faults }: Form<ImportedUserValues>,
  { takesCredentials, organizations }: Reader,
): Outcome<Arrival, 'invalid'> {
  const reading = startReading(faults)
  if (!takesCredentials) refuseCredentials(values, reading)
  const user = readUser(core, values, reading)
  const password = readPassword(core, values, reading, user.createdAtMs)
  const memberships = readMemberships(values.organizations ?? [], { reading, organizations, sinceMs: core.clock() })
  const avatar = reading.read('picture', values.picture, (sent) => readPicture(core.images, sent)) ?? null
  const factors = readKeptFactors(core, user.id, values.factors ?? [], reading)
  const number = reading.read('number', values.number, parseImportedNumber) ?? null

  const particulars = particularsOf(values)
  const { changes, faults: all } = readChanges(form(particulars, reading.faults), 'admin')
  if (all.length > 0) return refuse({ code: 'invalid', faults: all })
  const whole = applyChanges({ ...user, number: 0 }, changes)
  if (!whole.ok) return whole
  const { number: _, ...arriving } = whole.value
  return grant({ user: withAvatar(core, arriving, avatar), number, password, memberships, avatar, factors })
}

function refuseCredentials(values: Partial<ImportedUserValues>, reading: Reading): void {
  for (const field of credentialFields) if (values[field] !== undefined) reading.add(field, { flaw: 'not_taken_here' })
}

function readUser(core: ArrivalCore, values: Partial<ImportedUserValues>, reading: Reading): NewUser {
  const { emailVerified = false, ...facts } = values
  const { user } = readNewUser(core, { status: 'active', ...facts }, reading, houseRule, () => false)
  const createdAtMs = reading.read('createdAt', values.createdAt, parseInstant) ?? user.createdAtMs
  return {
    ...user,
    id: reading.read('id', values.id, parseUserId) ?? user.id,
    version: reading.read('version', values.version, parseImportedVersion) ?? user.version,
    emailVerified: emailVerified && user.email !== null,
    createdAtMs,
    updatedAtMs: reading.read('updatedAt', values.updatedAt, parseInstant) ?? createdAtMs,
    lastLoginAtMs: reading.read('lastLoginAt', values.lastLoginAt, parseInstant) ?? null,
  }
}

function readPassword(
  core: ArrivalCore,
  values: Partial<ImportedUserValues>,
  reading: Reading,
  createdAtMs: number,
): Arrival['password'] {
  const hash = reading.read('passwordHash', values.passwordHash, core.passwords.readForeign)
  const changedAtMs = reading.read('passwordChangedAt', values.passwordChangedAt, parseInstant)
  return hash === undefined ? null : { hash, changedAtMs: changedAtMs ?? createdAtMs }
}

function readPicture(images: ArrivalCore['images'], sent: PictureValues): Parsed<Avatar> {
  const avatar = images.recognise(sent)
  return avatar === null ? { flaw: { flaw: 'bad_picture' } } : { value: avatar }
}

/** A picture that is kept here has its address here, whatever it was before. */
function withAvatar(core: Pick<Core, 'avatarLinks'>, user: NewUser, avatar: Avatar | null): NewUser {
  if (avatar === null) return user
  const { large } = core.avatarLinks.ofPictures(user.id, avatar.hash)
  return { ...user, particulars: { ...user.particulars, avatar: large } }
}

function particularsOf(values: Partial<ImportedUserValues>): Partial<UserChangeValues> {
  const { profile = null, preferences = null, attributes = null } = values
  return { profile, preferences, attributes }
}
