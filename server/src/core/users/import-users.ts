import type { Actor } from '../actor.ts'
import type { Avatar } from '../avatars/avatar.ts'
import { type Form, invalid } from '../form.ts'
import type { ImportStretch } from '../imports/import-stretch.ts'
import {
  type ArrivingOrganization,
  type ImportedOrganizationValues,
  readArrivingOrganization,
} from '../organizations/arriving-organization.ts'
import type { OrganizationId } from '../organizations/organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may, type Permission } from '../permissions.ts'
import type { Core } from '../ports.ts'
import type { EntryRefusal } from '../refusals.ts'
import { type At, type Imported, mailedAmong, type RefusedEntry } from './add-arrivals.ts'
import { type Arrival, type ArrivalCore, type ImportedUserValues, readArrival } from './arrival.ts'
import type { OrganizationsKnown } from './memberships.ts'
import { whoIsFree } from './names-free.ts'

/** One line of a file. */
export type ImportEntry =
  | { readonly kind: 'user'; readonly form: Form<ImportedUserValues> }
  | { readonly kind: 'organization'; readonly form: Form<ImportedOrganizationValues> }

export type { Imported, RefusedEntry } from './add-arrivals.ts'

export type ImportCore = ArrivalCore & Pick<Core, 'commit' | 'directory' | 'scanner'>

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
  const arrived = await importStretch(core, actor, entries, null)
  if (!arrived.ok) return arrived
  if (arrived.value === null) throw new Error('an import of which nothing is kept is never elsewhere')
  return grant(arrived.value)
}

/** The same of the next lines of an import that can be gone on with; null when another command has taken them. */
export async function importStretch(
  core: ImportCore,
  actor: Actor,
  entries: readonly ImportEntry[],
  stretch: ImportStretch | null,
): Promise<Outcome<Imported | null, 'not_allowed'>> {
  const needs = permissionsToImport(actor)
  if (needs !== null) return refuse({ code: 'not_allowed', needs })
  const refused: RefusedEntry[] = []
  const organizations = await newOrganizations(core, entries, refused, new Set())
  const people = await readPeople(core, actor, entries, { refused, seen: new Set(), organizations })
  return core.commit('add-arrivals', { actor, organizations, people, refused, stretch })
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
  const unread: RefusedEntry[] = []
  const organizations = await newOrganizations(core, entries, unread, seen)
  const people = await readPeople(core, actor, entries, { refused: unread, seen, organizations })
  const { free, refused } = await whoIsFree(core.directory.users, people, seen)
  const all = [...unread, ...refused].sort((one, other) => one.place - other.place)
  return grant({ added: free.length, mailed: mailedAmong(free), organizations: organizations.length, refused: all })
}

/** An import adds people, gives roles and makes organizations. Null for whoever may. */
export function permissionsToImport(actor: Actor): Permission | null {
  const needed = ['users:roles', 'users:create', 'organizations:manage'] as const
  return needed.find((permission) => !may(actor, permission)) ?? null
}

// ── organizations ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Those that can be added, as far as that can be seen; of the others it is noted in `refused` why not. What these get is added to `seen`. */
async function newOrganizations(
  core: Omit<ImportCore, 'commit'>,
  entries: readonly ImportEntry[],
  refused: RefusedEntry[],
  seen: Set<string>,
): Promise<At<{ arriving: ArrivingOrganization }>[]> {
  const arrivals: At<{ arriving: ArrivingOrganization }>[] = []
  for (const [place, entry] of entries.entries()) {
    if (entry.kind !== 'organization') continue
    const read = readArrivingOrganization(core, entry.form)
    const refusal = read.ok ? await refusalOfOrganization(core, read.value, seen) : read.refusal
    if (!read.ok || refusal !== null) {
      if (refusal !== null) refused.push({ place, refusal })
      continue
    }
    const { id, slug } = read.value.organization
    seen.add(`organization:${id}`).add(`slug:${slug}`)
    arrivals.push({ place, arriving: read.value })
  }
  return arrivals
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

interface Around {
  readonly refused: RefusedEntry[]
  readonly seen: ReadonlySet<string>
  /** Those that are added together with the people. */
  readonly organizations: readonly { readonly arriving: ArrivingOrganization }[]
}

async function readPeople(
  core: Omit<ImportCore, 'commit'>,
  actor: Actor,
  entries: readonly ImportEntry[],
  { refused, seen, organizations }: Around,
): Promise<At<{ arrival: Arrival }>[]> {
  const people: At<{ arrival: Arrival }>[] = []
  // Whoever chooses a hash knows the password, and a factor is theirs whose secret they know: as much as whoever sets a password may do.
  const around = {
    takesCredentials: isInPerson(actor),
    organizations: await organizationsAmong(core, entries, { seen, organizations }),
  }
  for (const [place, entry] of entries.entries()) {
    if (entry.kind !== 'user') continue
    const read = readArrival(core, entry.form, around)
    const arrival = read.ok && read.value.avatar !== null ? await scanned(core, read.value, read.value.avatar) : read
    if (arrival.ok) people.push({ place, arrival: arrival.value })
    else refused.push({ place, refusal: arrival.refusal })
  }
  return people
}

/** No picture is kept unscanned: while the scanner is away, nothing goes on. */
async function scanned(
  { scanner }: Pick<Core, 'scanner'>,
  arrival: Arrival,
  { pictures }: Avatar,
): Promise<Outcome<Arrival, 'invalid'>> {
  for (const picture of Object.values(pictures)) {
    const { kind } = await scanner.scan(picture)
    if (kind === 'unscanned') throw new ScannerAway()
    if (kind === 'flagged') return invalid([{ field: 'picture', flaw: 'bad_picture' }])
  }
  return grant(arrival)
}

/** Whoever imports goes on when the scanner is back. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway'

  constructor() {
    super('the scanner of CLAMD_URL does not answer, and no picture is kept unscanned')
  }
}

/** The organizations that entries name, as far as there are any of that id or slug, or will be. */
async function organizationsAmong(
  { directory }: Pick<Core, 'directory'>,
  entries: readonly ImportEntry[],
  { seen, organizations }: Pick<Around, 'seen' | 'organizations'>,
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
  for (const { arriving } of organizations) {
    ids.add(arriving.organization.id)
    bySlug.set(arriving.organization.slug, arriving.organization.id)
  }
  return { ids, bySlug }
}
