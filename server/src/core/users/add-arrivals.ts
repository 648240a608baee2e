import { record } from '../activity/record.ts'
import { type Actor, actorId } from '../actor.ts'
import type { ArrivingOrganization } from '../organizations/arriving-organization.ts'
import type { Organization, OrganizationId } from '../organizations/organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { OperationRefusal, RefusedOperation } from '../refusals.ts'
import type { Arrival } from './arrival.ts'
import { welcome } from './create-user.ts'

/** Adds people with everything that they bring: all or none. Every one is tried, so that all refusals are told; `place` is theirs in the list. */
export async function commitAddArrivals(
  transaction: Transaction,
  { actor, arrivals }: { readonly actor: Actor; readonly arrivals: readonly Arrival[] },
): Promise<Outcome<{ added: number }, 'batch_aborted'>> {
  const { store } = transaction
  const refusals: RefusedOperation[] = []
  store.users.putOff()
  for (const [place, arrival] of arrivals.entries()) {
    const refusal = await addArrival(transaction, actor, arrival)
    if (refusal !== null) refusals.push({ place, refusal })
  }
  const unsettled = await store.users.settle()
  for (const { userId, code } of unsettled) {
    if (code === 'last_admin') throw new Error('nobody is an admin no longer because others have come')
    refusals.push({ place: arrivals.findIndex(({ user }) => user.id === userId), refusal: { code } })
  }
  // After the names: whoever writes holds an organization last.
  const there = await holdOrganizations(transaction, arrivals)
  for (const [place, arrival] of arrivals.entries()) {
    const refusal = await joinAll(transaction, arrival, there)
    if (refusal !== null) refusals.push({ place, refusal })
  }
  if (refusals.length === 0) return grant({ added: arrivals.length })
  return refuse({ code: 'batch_aborted', refusals })
}

async function addArrival(
  transaction: Transaction,
  actor: Actor,
  { user, number, password, avatar, factors }: Arrival,
): Promise<OperationRefusal | null> {
  const { store } = transaction
  const added = await store.users.arrive(user, number)
  if (!added.ok) return added.refusal
  if (password !== null) await store.credentials.setPassword(user.id, password.hash, password.changedAtMs)
  if (avatar !== null) await store.avatars.keep(user.id, avatar)
  for (const [place, { kept, credentialDigest }] of factors.entries()) {
    const isTheirs = await store.factors.keep(kept, credentialDigest)
    if (!isTheirs) return { code: 'invalid', faults: [{ field: `factors.${place}`, flaw: 'taken' }] }
  }
  await welcome(transaction, actor, added.value)
  return null
}

async function holdOrganizations(
  { store }: Transaction,
  arrivals: readonly Arrival[],
): Promise<ReadonlySet<OrganizationId>> {
  const wanted = new Set(arrivals.flatMap(({ memberships }) => memberships.map(({ organizationId }) => organizationId)))
  const there = new Set<OrganizationId>()
  for (const id of [...wanted].sort()) if ((await store.organizations.byId(id)) !== null) there.add(id)
  return there
}

/** Since they were looked up, an organization may have been removed. */
async function joinAll(
  { store }: Transaction,
  { user, memberships }: Arrival,
  there: ReadonlySet<OrganizationId>,
): Promise<OperationRefusal | null> {
  for (const { organizationId, role, sinceMs } of memberships) {
    if (!there.has(organizationId))
      return { code: 'invalid', faults: [{ field: 'organizations', flaw: 'unknown_organization' }] }
    await store.members.put({ organizationId, userId: user.id, role, sinceMs })
  }
  return null
}

export async function commitAddArrivingOrganization(
  transaction: Transaction,
  { actor, arriving: { organization, number } }: { readonly actor: Actor; readonly arriving: ArrivingOrganization },
): Promise<Outcome<Organization, 'id_taken' | 'slug_taken'>> {
  const { store } = transaction
  const added = await store.organizations.arrive(organization, number)
  if (!added.ok) return added
  const maker = actorId(actor)
  if (maker !== null) await record(transaction, actor, maker, 'organization_created', { organization: organization.id })
  return added
}
