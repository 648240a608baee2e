import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type AvatarSize, avatarSizes } from '../avatars/avatar.ts'
import type { KeptFactor } from '../factors/factor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import type { Organization, OrganizationId, OrganizationRole } from '../organizations/organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may } from '../permissions.ts'
import type { Core, ListFilter, Transaction } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import { NoLongerAllowed } from './every-user.ts'
import { type FilterValues, readFilter } from './list-users.ts'
import { parseUserId } from './names.ts'
import type { Parsed } from './text.ts'
import type { User, UserId } from './user.ts'

/** A live user with everything that goes into a file. */
export interface ExportedUser {
  readonly user: User
  /** In order of the organizations' creation. */
  readonly memberships: readonly ExportedMembership[]
  /** Of the picture that is kept here. */
  readonly avatarHash: string | null
  /** These two are there for whoever asked for them; of factors the confirmed ones. */
  readonly password: { readonly hash: string; readonly changedAtMs: number } | null
  readonly factors: readonly KeptFactor[]
}

export interface ExportedMembership {
  readonly id: OrganizationId
  readonly slug: string
  readonly role: OrganizationRole
  readonly sinceMs: number
}

/** One line of a file. */
export type ExportedLine =
  | { readonly kind: 'organization'; readonly organization: Organization }
  | { readonly kind: 'user'; readonly exported: ExportedUser; readonly pictures: ExportedPictures | null }

export type ExportedPictures = Readonly<Record<AvatarSize, Uint8Array>>

/** What a file is to hold besides people. */
export interface ExportScope {
  readonly organizations: boolean
  readonly pictures: boolean
  /** Password hashes and second factors. */
  readonly credentials: boolean
}

/** Whom a file is to hold: of whoever is named, if anybody is, those whom the filters leave in. */
export interface ExportValues extends FilterValues {
  /** With commas between them. */
  ids: string
}

export interface ExportQuestion {
  readonly number: number
  /** So many are looked at. */
  readonly limit: number
  /** Nobody else; null for everybody. */
  readonly ids: readonly UserId[] | null
  readonly filter: ListFilter
  /** What is read besides. */
  readonly organizations: boolean
  readonly credentials: boolean
}

export interface ExportAnswer {
  readonly users: readonly ExportedUser[]
  /** The number of whoever was looked at last; null at the end. */
  readonly last: number | null
}

type ExportCore = Pick<Core, 'directory' | 'commit'>

/**
 * All live users whom the form leaves in, in order of their numbers, after all organizations; in stretches, however many there are. Whoever comes or
 * goes while they are read may be among them or not; nobody else is left out or comes twice. Ends with a `NoLongerAllowed` when the caller is
 * signed out, demoted or deactivated meanwhile. Who was given the data is written down before any is.
 */
export async function exportUsers(
  core: ExportCore,
  actor: Actor,
  form: Form<ExportValues>,
  scope: ExportScope,
): Promise<Outcome<AsyncIterable<readonly ExportedLine[]>, 'not_allowed' | 'not_in_person' | 'invalid'>> {
  const needs = permissionsFor(scope).find((permission) => !may(actor, permission))
  if (needs !== undefined) return refuse({ code: 'not_allowed', needs })
  if (scope.credentials && !isInPerson(actor)) return refuse({ code: 'not_in_person' })
  const reading = startReading(form.faults)
  const filter = readFilter(form.values, reading)
  const ids = reading.read('ids', form.values.ids, parseIds) ?? null
  if (reading.faults.length > 0) return invalid(reading.faults)
  await core.commit('record-export', { actor, credentials: scope.credentials })
  return grant(linesOf(core, actor, { ids, filter }, scope))
}

function parseIds(sent: string): Parsed<readonly UserId[]> {
  const parsed = sent.split(',').map(parseUserId)
  const max = limits.usersExportedByIdMax
  if (parsed.length > max) return { flaw: { flaw: 'too_many', max } }
  const ids: UserId[] = []
  for (const one of parsed) {
    if ('flaw' in one) return one
    ids.push(one.value)
  }
  return { value: ids }
}

/** Credentials are for whoever may set them. */
function permissionsFor({ organizations, credentials }: ExportScope) {
  return [
    'users:list' as const,
    ...(organizations ? (['organizations:manage'] as const) : []),
    ...(credentials ? (['users:roles', 'factors:manage'] as const) : []),
  ]
}

async function* linesOf(
  core: ExportCore,
  actor: Actor,
  whom: Pick<ExportQuestion, 'ids' | 'filter'>,
  scope: ExportScope,
): AsyncGenerator<readonly ExportedLine[]> {
  const limit = limits.usersExportedAtOnce
  for (let offset = 0; scope.organizations; offset += limit) {
    const { items } = await core.directory.organizations.page({ offset, limit })
    if (items.length > 0) yield items.map((organization) => ({ kind: 'organization', organization }))
    if (items.length < limit) break
    await stillAllowed(core, actor, scope)
  }
  for (let last: number | null = 0; last !== null; ) {
    const stretch = await core.directory.users.exported({ number: last, limit, ...whom, ...scope })
    if (last > 0) await stillAllowed(core, actor, scope)
    if (scope.pictures)
      for (const exported of stretch.users)
        yield [{ kind: 'user', exported, pictures: await picturesOf(core, exported) }]
    else yield stretch.users.map((exported) => ({ kind: 'user', exported, pictures: null }))
    last = stretch.last
  }
}

async function stillAllowed(core: ExportCore, actor: Actor, scope: ExportScope): Promise<void> {
  const present = await presentStanding(core, actor)
  if (!present.ok || permissionsFor(scope).some((permission) => !may(present.value, permission)))
    throw new NoLongerAllowed()
}

/** Null when another picture has taken its place since: its hash is no longer known. */
async function picturesOf(
  { directory }: Pick<Core, 'directory'>,
  { user, avatarHash }: ExportedUser,
): Promise<ExportedPictures | null> {
  if (avatarHash === null) return null
  const pictures: { [Size in AvatarSize]?: Uint8Array } = {}
  for (const size of avatarSizes) {
    const picture = await directory.avatars.picture(user.id, avatarHash, size)
    if (picture === null) return null
    pictures[size] = picture
  }
  return pictures as ExportedPictures
}

export async function commitRecordExport(
  transaction: Transaction,
  { actor, credentials }: { readonly actor: Actor; readonly credentials: boolean },
): Promise<Outcome<null, never>> {
  if (actor.kind === 'user') {
    const name = credentials ? 'users with credentials' : 'users'
    await record(transaction, actor, actor.id, 'exported', { name })
  }
  return grant(null)
}
