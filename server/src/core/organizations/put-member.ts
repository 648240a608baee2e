import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Store, Transaction } from '../ports.ts'
import { parseId } from '../users/names.ts'
import type { UserId } from '../users/user.ts'
import { oneOf } from '../users/values.ts'
import {
  type Member,
  type OrganizationId,
  type OrganizationRole,
  organizationRoles,
  parseOrganizationId,
} from './organization.ts'
import { mayIn } from './reach-organization.ts'

export interface MemberValues {
  role: string
}

/** What came of it; `isNew` is true where they did not belong to the organization before. */
export type Put = { readonly member: Member; readonly isNew: boolean }

type PutRefusal =
  | 'not_allowed'
  | 'organization_not_found'
  | 'user_not_found'
  | 'member_not_found'
  | 'last_organization_admin'
  | 'too_many_organizations'

/**
 * Gives a member a role. Whoever manages all organizations, and may look for people, adds people so, too; an organization's admin gains members by
 * invitation only, and is told nothing of whoever is none.
 */
export async function putMember(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: { organization: string; user: string },
  { values, faults }: Form<MemberValues>,
): Promise<Outcome<Put, 'invalid' | PutRefusal>> {
  if (!(await mayIn(core.directory, actor, 'organizations:manage', wanted.organization)))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  const reading = startReading(faults)
  const organizationId = reading.read('id', wanted.organization, parseOrganizationId)
  const userId = reading.read('userId', wanted.user, (sent) => parseId<UserId>(sent))
  reading.need('role', values.role)
  const role = reading.read('role', values.role, (sent) => oneOf(organizationRoles, sent))
  if (reading.faults.length > 0 || organizationId === undefined || userId === undefined || role === undefined)
    return invalid(reading.faults)
  return core.commit('put-member', { actor, organizationId, userId, role })
}

interface MemberPut {
  readonly actor: Actor
  readonly organizationId: OrganizationId
  readonly userId: UserId
  readonly role: OrganizationRole
}

export async function commitPutMember(
  transaction: Transaction,
  { actor, organizationId, userId, role }: MemberPut,
): Promise<Outcome<Put, PutRefusal>> {
  const { store } = transaction
  const mayAdd = may(actor, 'organizations:manage') && may(actor, 'users:list')
  const user = await store.users.byId(userId)
  const organization = await store.organizations.byId(organizationId)
  if (!(await mayIn(store, actor, 'organizations:manage', organizationId)))
    return refuse({ code: 'not_allowed', needs: 'organizations:manage' })
  if (organization === null) return refuse({ code: 'organization_not_found' })
  const before = await store.members.one(organizationId, userId)
  if (before === null && !mayAdd) return refuse({ code: 'member_not_found' })
  if (user === null) return refuse({ code: 'user_not_found', wanted: userId })
  if (before === null) {
    const joined = await join(transaction, actor, { organizationId, userId, role })
    return joined.ok ? grant({ member: joined.value, isNew: true }) : joined
  }
  if (before.role === role) return grant({ member: before, isNew: false })
  if (role !== 'admin' && (await isLastAdmin(store, organizationId, before)))
    return refuse({ code: 'last_organization_admin' })
  await store.members.put({ organizationId, userId, role, sinceMs: before.sinceMs })
  const moved = { organization: organizationId, from: before.role, to: role }
  await record(transaction, actor, userId, 'organization_role_changed', moved)
  return grant({ member: { ...before, role }, isNew: false })
}

/** Lets a user in who is held, as the organization is, and does not belong to it yet. */
export async function join(
  transaction: Transaction,
  actor: Actor,
  { organizationId, userId, role }: Omit<MemberPut, 'actor'>,
): Promise<Outcome<Member, 'too_many_organizations'>> {
  const { store, nowMs } = transaction
  const max = limits.organizationsPerUserMax
  if ((await store.members.count(userId)) >= max) return refuse({ code: 'too_many_organizations', max })
  await store.members.put({ organizationId, userId, role, sinceMs: nowMs })
  await record(transaction, actor, userId, 'organization_joined', { organization: organizationId, to: role })
  const member = await store.members.one(organizationId, userId)
  if (member === null) throw new Error('whoever has joined belongs to the organization')
  return grant(member)
}

/** Somebody who cannot sign in administers nothing, so they may always go. */
export async function isLastAdmin(
  store: Store,
  organizationId: OrganizationId,
  { user, role }: Member,
): Promise<boolean> {
  return role === 'admin' && user.status === 'active' && !(await store.members.hasOtherAdmin(organizationId, user.id))
}
