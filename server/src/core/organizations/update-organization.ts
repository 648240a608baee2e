import { record } from '../activity/record.ts'
import { type Actor, actorId } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { isStale, type WantedVersions } from '../users/versions.ts'
import type { OrganizationValues } from './create-organization.ts'
import {
  type Organization,
  type OrganizationId,
  parseOrganizationId,
  parseOrganizationName,
  parseSlug,
} from './organization.ts'
import { mayIn } from './reach-organization.ts'

type UpdateRefusal = 'not_allowed' | 'organization_not_found' | 'organization_stale' | 'slug_taken'

/** Its admins rename it. Another slug is for whoever manages all of them: that one is taken would tell of other organizations. */
export async function updateOrganization(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: string,
  { form: { values, faults }, versions }: { form: Form<OrganizationValues>; versions: WantedVersions },
): Promise<Outcome<Organization, 'invalid' | UpdateRefusal>> {
  const isAllowed = await mayIn(core.directory, actor, 'organizations:manage', wanted)
  const sendsSlug = values.slug !== undefined || faults.some(({ field }) => field === 'slug')
  if (!isAllowed || (sendsSlug && !may(actor, 'organizations:manage')))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const reading = startReading(faults)
  const id = reading.read('id', wanted, parseOrganizationId)
  const name = reading.read('name', values.name, parseOrganizationName)
  const slug = reading.read('slug', values.slug, parseSlug)
  if (reading.faults.length > 0 || id === undefined) return invalid(reading.faults)
  const changes = { ...(name === undefined ? {} : { name }), ...(slug === undefined ? {} : { slug }) }
  return core.commit('update-organization', { actor, id, changes, versions })
}

interface OrganizationUpdate {
  readonly actor: Actor
  readonly id: OrganizationId
  readonly changes: Partial<Pick<Organization, 'name' | 'slug'>>
  readonly versions: WantedVersions
}

export async function commitUpdateOrganization(
  transaction: Transaction,
  { actor, id, changes, versions }: OrganizationUpdate,
): Promise<Outcome<Organization, UpdateRefusal>> {
  const { store, nowMs } = transaction
  const before = await store.organizations.byId(id)
  if (!(await mayIn(store, actor, 'organizations:manage', id)))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  if (before === null) return refuse({ code: 'organization_not_found' })
  if (isStale(before, versions)) return refuse({ code: 'organization_stale', version: before.version })
  const wanted = { ...before, ...changes }
  const changed = (['name', 'slug'] as const).filter((field) => wanted[field] !== before[field])
  if (changed.length === 0) return grant(before)
  const after = { ...wanted, version: before.version + 1, updatedAtMs: nowMs }
  if (!(await store.organizations.save(before, after))) return refuse({ code: 'slug_taken' })
  const changer = actorId(actor)
  if (changer !== null) await record(transaction, actor, changer, 'organization_updated', { organization: id, changed })
  return grant(after)
}
