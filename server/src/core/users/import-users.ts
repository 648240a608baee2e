import type { Actor } from '../actor.ts'
import { type Form, invalid } from '../form.ts'
import { limits } from '../limits.ts'
import {
  type ArrivingOrganization,
  type ImportedOrganizationValues,
  readArrivingOrganization,
} from '../organizations/arriving-organization.ts'
import type { OrganizationId } from '../organizations/organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may, type Permission } from '../permissions.ts'
import type { Core, Name } from '../ports.ts'
import type { EntryRefusal, OperationRefusal } from '../refusals.ts'
import { type Arrival, type ArrivalCore, type ImportedUserValues, readArrival } from './arrival.ts'
import type { OrganizationsKnown } from './memberships.ts'
import { canonical } from './text.ts'
import type { NewUser, UserId } from './user.ts'

/** One line of a file. */
export type ImportEntry =
  | { readonly kind: 'user'; readonly form: Form<ImportedUserValues> }
  | { readonly kind: 'organization'; readonly form: Form<ImportedOrganizationValues> }

/** `place` is the entry's in its list, from 0. */
export interface RefusedEntry {
  readonly place: number
  readonly refusal: EntryRefusal
}

export type ImportCore = ArrivalCore & Pick<Core, 'commit' | 'directory' | 'scanner'>

/** What came of some entries. */
export interface Imported {
  /** People. */
  readonly added: number
  readonly organizations: number
  readonly refused: readonly RefusedEntry[]
}

/**
 * Adds people who were kept elsewhere, in one transaction, and leaves out whoever cannot be added. They are active unless an entry says otherwise:
 * they had their accounts before. Of two who want one name the first gets it. Organizations are added before any of the people, so an entry
 * can belong to one that comes behind it here, yet not to one of another call that is still under way.
 */
export async function importUsers(
  core: ImportCore,
  actor: Actor,
  entries: readonly ImportEntry[],
): Promise<Outcome<Imported, 'not_allowed'>> {
  const needs = permissionsToImport(actor)
  if (needs !== null) return refuse({ code: 'not_allowed', needs })
  const refused: RefusedEntry[] = []
  const organizations = await addOrganizations(core, actor, entries, refused)
  const tried = await readCandidates(core, actor, entries, new Set())
  refused.push(...tried.refused)
  let { candidates } = tried
  // Between the look and the transaction somebody else may have taken a name. Each time round at least one is left out.
  while (candidates.length > 0) {
    const added = await core.commit('add-arrivals', { actor, arrivals: candidates.map(({ arrival }) => arrival) })
    if (added.ok) break
    const late = added.refusal.refusals.map(({ place, refusal }) => ({
      place: candidates[place]?.place ?? -1,
      refusal: ofEntry(refusal),
    }))
    refused.push(...late)
    candidates = candidates.filter((candidate) => late.every(({ place }) => place !== candidate.place))
  }
  return grant({ added: candidates.length, organizations, refused: inOrder(refused) })
}

/**
 * Finds out what an import would do, and does nothing. `seen` are the names, ids and organizations that entries before these would get; what these get
 * is added, up to the limit, beyond which only an import tells who comes twice.
 */
export async function tryImport(
  core: Omit<ImportCore, 'commit'>,
  actor: Actor,
  entries: readonly ImportEntry[],
  seen: Set<string>,
): Promise<Outcome<Imported, 'not_allowed'>> {
  const needs = permissionsToImport(actor)
  if (needs !== null) return refuse({ code: 'not_allowed', needs })
  const refused: RefusedEntry[] = []
  let organizations = 0
  for (const { place, arriving } of readOrganizations(core, entries, refused)) {
    const refusal = await refusalOfOrganization(core, arriving, seen)
    if (refusal !== null) refused.push({ place, refusal })
    else {
      organizations += 1
      seen.add(`organization:${arriving.organization.id}`).add(`slug:${arriving.organization.slug}`)
    }
  }
  const tried = await readCandidates(core, actor, entries, seen)
  return grant({ added: tried.candidates.length, organizations, refused: inOrder([...refused, ...tried.refused]) })
}

/** An import adds people, gives roles and makes organizations. Null for whoever may. */
export function permissionsToImport(actor: Actor): Permission | null {
  const needed = ['users:roles', 'users:create', 'organizations:manage'] as const
  return needed.find((permission) => !may(actor, permission)) ?? null
}

// ── organizations ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface OrganizationCandidate {
  readonly place: number
  readonly arriving: ArrivingOrganization
}

function readOrganizations(
  core: Omit<ImportCore, 'commit'>,
  entries: readonly ImportEntry[],
  refused: RefusedEntry[],
): OrganizationCandidate[] {
  const read: OrganizationCandidate[] = []
  for (const [place, entry] of entries.entries()) {
    if (entry.kind !== 'organization') continue
    const arriving = readArrivingOrganization(core, entry.form)
    if (arriving.ok) read.push({ place, arriving: arriving.value })
    else refused.push({ place, refusal: arriving.refusal })
  }
  return read
}

/** Each by itself: there are few of them. */
async function addOrganizations(
  core: ImportCore,
  actor: Actor,
  entries: readonly ImportEntry[],
  refused: RefusedEntry[],
): Promise<number> {
  let added = 0
  for (const { place, arriving } of readOrganizations(core, entries, refused)) {
    const outcome = await core.commit('add-arriving-organization', { actor, arriving })
    if (outcome.ok) added += 1
    else refused.push({ place, refusal: outcome.refusal })
  }
  return added
}

async function refusalOfOrganization(
  { directory }: Pick<Core, 'directory'>,
  { organization: { id, slug } }: ArrivingOrganization,
  seen: ReadonlySet<string>,
): Promise<EntryRefusal | null> {
  if (seen.has(`organization:${id}`) || (await directory.organizations.byId(id)) !== null) return { code: 'id_taken' }
  if (seen.has(`slug:${slug}`) || (await directory.organizations.bySlug(slug)) !== null) return { code: 'slug_taken' }
  return null
}

// ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Candidate {
  readonly place: number
  readonly arrival: Arrival
}

async function readCandidates(
  core: Omit<ImportCore, 'commit'>,
  actor: Actor,
  entries: readonly ImportEntry[],
  seen: Set<string>,
): Promise<{ candidates: Candidate[]; refused: RefusedEntry[] }> {
  const refused: RefusedEntry[] = []
  const read: Candidate[] = []
  // Whoever chooses a hash knows the password, and a factor is theirs whose secret they know: as much as whoever sets a password may do.
  const around = { takesCredentials: isInPerson(actor), organizations: await organizationsAmong(core, entries, seen) }
  for (const [place, entry] of entries.entries()) {
    if (entry.kind !== 'user') continue
    const arrival = await scanned(core, readArrival(core, entry.form, around))
    if (arrival.ok) read.push({ place, arrival: arrival.value })
    else refused.push({ place, refusal: arrival.refusal })
  }
  const had = await core.directory.users.everAmong(read.map(({ arrival }) => arrival.user.id))
  const held = await core.directory.users.heldAmong(read.flatMap(({ arrival }) => namesOf(arrival.user)))
  const before = new Set([...had.map(keyOfId), ...held.map(keyOf)])
  const candidates = read.filter(({ place, arrival }) => {
    const refusal = refusalOf(arrival.user, (key) => before.has(key) || seen.has(key))
    if (refusal !== null) refused.push({ place, refusal })
    else if (seen.size < limits.importNamesRememberedMax) for (const key of keysOf(arrival.user)) seen.add(key)
    return refusal === null
  })
  return { candidates, refused }
}

function ofEntry(refusal: OperationRefusal): EntryRefusal {
  switch (refusal.code) {
    case 'invalid':
    case 'id_taken':
    case 'email_taken':
    case 'username_taken':
      return refusal
    default:
      throw new Error(`somebody who was read could not be added: ${refusal.code}`)
  }
}

/** No picture is kept unscanned: while the scanner is away, nothing goes on. */
async function scanned(
  { scanner }: Pick<Core, 'scanner'>,
  arrival: Outcome<Arrival, 'invalid'>,
): Promise<Outcome<Arrival, 'invalid'>> {
  if (!arrival.ok || arrival.value.avatar === null) return arrival
  for (const picture of Object.values(arrival.value.avatar.pictures)) {
    const { kind } = await scanner.scan(picture)
    if (kind === 'unscanned') throw new ScannerAway()
    if (kind === 'flagged') return invalid([{ field: 'picture', flaw: 'bad_picture' }])
  }
  return arrival
}

/** Whoever imports goes on when the scanner is back. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway'

  constructor() {
    super('the scanner of CLAMD_URL does not answer, and no picture is kept unscanned')
  }
}

function refusalOf(user: NewUser, isTaken: (key: string) => boolean): EntryRefusal | null {
  if (isTaken(keyOfId(user.id))) return { code: 'id_taken' }
  const lost = namesOf(user).find((name) => isTaken(keyOf(name)))
  return lost === undefined ? null : { code: `${lost.kind}_taken` }
}

/** The organizations that entries name, as far as there are any of that id or slug. */
async function organizationsAmong(
  { directory }: Pick<Core, 'directory'>,
  entries: readonly ImportEntry[],
  seen: ReadonlySet<string>,
): Promise<OrganizationsKnown> {
  const named = entries.flatMap((entry) => (entry.kind === 'user' ? (entry.form.values.organizations ?? []) : []))
  const ids = new Set<string>()
  const bySlug = new Map<string, OrganizationId>()
  for (const id of new Set(named.flatMap(({ id }) => id?.toLowerCase() ?? []))) {
    const isThere =
      seen.has(`organization:${id}`) || (await directory.organizations.byId(id as OrganizationId)) !== null
    if (isThere) ids.add(id)
  }
  for (const slug of new Set(named.flatMap(({ id, slug }) => (id === undefined ? (slug ?? []) : [])))) {
    const organization = await directory.organizations.bySlug(slug)
    if (organization !== null) bySlug.set(slug, organization.id)
    else if (seen.has(`slug:${slug}`)) bySlug.set(slug, `seen as ${slug}` as OrganizationId)
  }
  return { ids, bySlug }
}

function namesOf({ email, username }: NewUser): Name[] {
  const names: Name[] = []
  if (email !== null) names.push({ kind: 'email', value: email })
  if (username !== null) names.push({ kind: 'username', value: username })
  return names
}

function keysOf(user: NewUser): string[] {
  return [keyOfId(user.id), ...namesOf(user).map(keyOf)]
}

function keyOf({ kind, value }: Name): string {
  return `${kind}:${canonical(value)}`
}

function keyOfId(id: UserId): string {
  return `id:${id}`
}

function inOrder(refused: RefusedEntry[]): RefusedEntry[] {
  return refused.sort((one, other) => one.place - other.place)
}
