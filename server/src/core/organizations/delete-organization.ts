import { record } from '../activity/record.ts'
import { type Actor, actorId } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { isStale, type WantedVersions } from '../users/versions.ts'
import { type OrganizationId, parseOrganizationId } from './organization.ts'

type DeletionRefusal = 'organization_not_found' | 'organization_stale'

/** Removes an organization for good, and takes back whom it invites. Whoever belonged to it stays in the directory as they are. */
export async function deleteOrganization(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
  versions: WantedVersions,
): Promise<Outcome<{ deletedAtMs: number }, 'not_allowed' | 'invalid' | DeletionRefusal>> {
  if (!may(actor, 'organizations:manage')) return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const id = parseOrganizationId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  return core.commit('delete-organization', { actor, id: id.value, versions })
}

export async function commitDeleteOrganization(
  transaction: Transaction,
  { actor, id, versions }: { actor: Actor; id: OrganizationId; versions: WantedVersions },
): Promise<Outcome<{ deletedAtMs: number }, DeletionRefusal>> {
  const { store, nowMs } = transaction
  const organization = await store.organizations.byId(id)
  if (organization === null) return refuse({ code: 'organization_not_found' })
  if (isStale(organization, versions)) return refuse({ code: 'organization_stale', version: organization.version })
  await store.invitations.revokeInto(id, nowMs)
  await store.organizations.remove(organization)
  const remover = actorId(actor)
  if (remover !== null) await record(transaction, actor, remover, 'organization_deleted', { organization: id })
  return grant({ deletedAtMs: nowMs })
}
