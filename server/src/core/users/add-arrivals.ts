import { record } from '../activity/record.ts'
import { type Actor, actorId } from '../actor.ts'
import { type ImportStretch, keepReached, reachedBefore } from '../imports/import-stretch.ts'
import type { ArrivingOrganization } from '../organizations/arriving-organization.ts'
import type { OrganizationId } from '../organizations/organization.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Store, Transaction } from '../ports.ts'
import type { EntryRefusal } from '../refusals.ts'
import type { Arrival } from './arrival.ts'
import { isToProve, welcomeAll } from './create-user.ts'
import { whoIsFree } from './names-free.ts'

/** Somebody or something of a list, at its place from 0. */
export type At<T> = T & { readonly place: number }
export type RefusedEntry = At<{ readonly refusal: EntryRefusal }>

export interface Arrivals {
  readonly actor: Actor
  readonly organizations: readonly At<{ readonly arriving: ArrivingOrganization }>[]
  readonly people: readonly At<{ readonly arrival: Arrival }>[]
  /** What was refused before. */
  readonly refused: readonly RefusedEntry[]
  readonly stretch: ImportStretch | null
}

export interface Imported {
  /** People. */
  readonly added: number
  /** Of these, whoever is sent a mail: pending people, to prove their address. */
  readonly mailed: number
  readonly organizations: number
  readonly refused: readonly RefusedEntry[]
}

/** Adds all who can be added, with everything that they bring. Null, and nobody is, when the stretch is not the next of its import. */
export async function commitAddArrivals(
  transaction: Transaction,
  { actor, organizations, people, refused: before, stretch }: Arrivals,
): Promise<Outcome<Imported | null, never>> {
  const { store } = transaction
  const reached = stretch === null ? null : await reachedBefore(store, stretch)
  if (stretch !== null && reached === null) return grant(null)
  const refused = [...before]
  for (const { place, arriving } of organizations) {
    const refusal = await addOrganization(transaction, actor, arriving)
    if (refusal !== null) refused.push({ place, refusal })
  }
  const made = before.length + organizations.length - refused.length
  let left = people
  while (left.length > 0) {
    const late = await addTogether(transaction, actor, left)
    if (late.length === 0) break
    // Of two who want one name the first gets it, unless it is refused itself: that takes a closer look. Each time round somebody is left out.
    const looked = await whoIsFree(store.users, left, new Set())
    const lost = looked.refused.length > 0 ? looked.refused : late
    refused.push(...lost)
    left = left.filter(({ place }) => lost.every((one) => one.place !== place))
  }
  refused.sort((one, other) => one.place - other.place)
  const arrived = { added: left.length, mailed: mailedAmong(left), organizations: made, refused }
  if (stretch !== null && reached !== null) await keepReached(store, { before: reached, stretch }, arrived)
  return grant(arrived)
}

export function mailedAmong(people: readonly { readonly arrival: Arrival }[]): number {
  return people.filter(({ arrival }) => isToProve(arrival.user)).length
}

/** All or none. Every one is tried, and whoever cannot be added is answered. */
async function addTogether(
  transaction: Transaction,
  actor: Actor,
  people: Arrivals['people'],
): Promise<RefusedEntry[]> {
  const { nowMs } = transaction
  const refused: RefusedEntry[] = []
  const work = async (store: Store) => {
    const found = await tryAll(store, { nowMs, actor, people })
    refused.push(...found)
    return found.length === 0
  }
  await transaction.store.attempt(work)
  return refused
}

async function tryAll(
  store: Store,
  { nowMs, actor, people }: { nowMs: number; actor: Actor; people: Arrivals['people'] },
): Promise<RefusedEntry[]> {
  const transaction = { store, nowMs }
  const refused: RefusedEntry[] = []
  store.users.putOff()
  const had = new Set(await store.users.arrive(people.map(({ arrival }) => arrival)))
  for (const [at, { place }] of people.entries())
    if (had.has(at)) refused.push({ place, refusal: { code: 'id_taken' } })
  const added = had.size === 0 ? people : people.filter((_, at) => !had.has(at))
  await store.credentials.addPasswords(passwordsOf(added))
  for (const { place, arrival } of added) {
    const refusal = await addBelongings(store, arrival)
    if (refusal !== null) refused.push({ place, refusal })
  }
  const arrived = added.map(({ arrival }) => arrival.user)
  await welcomeAll(transaction, actor, arrived)
  const unsettled = await store.users.settle()
  const placeOf = new Map(unsettled.length === 0 ? [] : people.map(({ place, arrival }) => [arrival.user.id, place]))
  for (const { userId, code } of unsettled) {
    if (code === 'last_admin') throw new Error('nobody is an admin no longer because others have come')
    refused.push({ place: placeOf.get(userId) ?? -1, refusal: { code } })
  }
  // After the names: whoever writes holds an organization last.
  const there = await holdOrganizations(transaction, people)
  for (const { place, arrival } of people) {
    const refusal = await joinAll(transaction, arrival, there)
    if (refusal !== null) refused.push({ place, refusal })
  }
  return refused
}

function passwordsOf(people: Arrivals['people']) {
  return people.flatMap(({ arrival: { user, password } }) =>
    password === null ? [] : [{ userId: user.id, hash: password.hash, atMs: password.changedAtMs }],
  )
}

async function addBelongings(store: Store, { user, avatar, factors }: Arrival): Promise<EntryRefusal | null> {
  if (avatar !== null) await store.avatars.keep(user.id, avatar)
  for (const [place, { kept, credentialDigest }] of factors.entries()) {
    const isTheirs = await store.factors.keep(kept, credentialDigest)
    if (!isTheirs) return { code: 'invalid', faults: [{ field: `factors.${place}`, flaw: 'taken' }] }
  }
  return null
}

async function holdOrganizations(
  { store }: Transaction,
  people: Arrivals['people'],
): Promise<ReadonlySet<OrganizationId>> {
  const wanted = new Set(
    people.flatMap(({ arrival }) => arrival.memberships.map(({ organizationId }) => organizationId)),
  )
  const there = new Set<OrganizationId>()
  for (const id of [...wanted].sort()) if ((await store.organizations.byId(id)) !== null) there.add(id)
  return there
}

/** Since they were looked up, an organization may have been removed. */
async function joinAll(
  { store }: Transaction,
  { user, memberships }: Arrival,
  there: ReadonlySet<OrganizationId>,
): Promise<EntryRefusal | null> {
  for (const { organizationId, role, sinceMs } of memberships) {
    if (!there.has(organizationId))
      return { code: 'invalid', faults: [{ field: 'organizations', flaw: 'unknown_organization' }] }
    await store.members.put({ organizationId, userId: user.id, role, sinceMs })
  }
  return null
}

async function addOrganization(
  transaction: Transaction,
  actor: Actor,
  { organization, number }: ArrivingOrganization,
): Promise<EntryRefusal | null> {
  const added = await transaction.store.organizations.arrive(organization, number)
  if (!added.ok) return added.refusal
  const maker = actorId(actor)
  if (maker !== null) await record(transaction, actor, maker, 'organization_created', { organization: organization.id })
  return null
}
