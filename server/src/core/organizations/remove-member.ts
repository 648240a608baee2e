import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid, startReading } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseId } from '../users/names.ts'
import type { UserId } from '../users/user.ts'
import { type OrganizationId, parseOrganizationId } from './organization.ts'
import { isLastAdmin } from './put-member.ts'
import { mayAsMember, mayIn } from './reach-organization.ts'

type RemovalRefusal = 'not_allowed' | 'organization_not_found' | 'member_not_found' | 'last_organization_admin'

/** Takes somebody out of an organization; members may leave by themselves. */
export async function removeMember(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: { organization: string; user: string },
): Promise<Outcome<{ removedAtMs: number }, 'invalid' | RemovalRefusal>> {
  if (!(await mayRemove(core.directory, actor, wanted)))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const reading = startReading([])
  const organizationId = reading.read('id', wanted.organization, parseOrganizationId)
  const userId = reading.read('userId', wanted.user, (sent) => parseId<UserId>(sent))
  if (organizationId === undefined || userId === undefined) return invalid(reading.faults)
  return core.commit('remove-member', { actor, organizationId, userId })
}

function mayRemove(
  kept: Parameters<typeof mayIn>[0],
  actor: Actor,
  { organization, user }: { organization: string; user: string },
): Promise<boolean> {
  const isOwn = actor.kind === 'user' && actor.id === user.toLowerCase()
  return (isOwn ? mayAsMember : mayIn)(kept, actor, 'organizations:manage', organization)
}

export async function commitRemoveMember(
  transaction: Transaction,
  { actor, organizationId, userId }: { actor: Actor; organizationId: OrganizationId; userId: UserId },
): Promise<Outcome<{ removedAtMs: number }, RemovalRefusal>> {
  const { store, nowMs } = transaction
  await store.users.byId(userId)
  const organization = await store.organizations.byId(organizationId)
  if (!(await mayRemove(store, actor, { organization: organizationId, user: userId })))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  if (organization === null) return refuse({ code: 'organization_not_found' })
  const member = await store.members.one(organizationId, userId)
  if (member === null) return refuse({ code: 'member_not_found' })
  if (await isLastAdmin(store, organizationId, member)) return refuse({ code: 'last_organization_admin' })
  await store.members.remove(organizationId, userId)
  await record(transaction, actor, userId, 'organization_left', { organization: organizationId, from: member.role })
  return grant({ removedAtMs: nowMs })
}

/** Takes a user who is held, and cannot sign in yet, out of whatever they were let into at that instant. */
export async function leaveAllJoinedAt(
  transaction: Transaction,
  actor: Actor,
  userId: UserId,
  atMs: number,
): Promise<void> {
  const { store } = transaction
  for (const { organization, role, sinceMs } of await store.members.ofUser(userId)) {
    if (sinceMs !== atMs) continue
    await store.organizations.byId(organization.id)
    await store.members.remove(organization.id, userId)
    await record(transaction, actor, userId, 'organization_left', { organization: organization.id, from: role })
  }
}
