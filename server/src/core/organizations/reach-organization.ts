import type { Actor } from '../actor.ts'
import type { Eventually } from '../outcome.ts'
import { may, mayWhereAdmin, type OrganizationPermission } from '../permissions.ts'
import type { UserId } from '../users/user.ts'
import { type OrganizationId, type OrganizationRole, parseOrganizationId } from './organization.ts'
import type { MemberReads } from './ports.ts'

interface Members {
  readonly members: { roleIn(organizationId: OrganizationId, userId: UserId): Eventually<OrganizationRole | null> }
}

/**
 * Whether the actor holds the permission everywhere, or in the organization called `wanted`. It is looked up each time, so whoever lost their role
 * has lost it with the next question; whoever has none learns nothing of whether there is such an organization.
 */
export async function mayIn(
  kept: Members,
  actor: Actor,
  permission: OrganizationPermission,
  wanted: string,
): Promise<boolean> {
  return may(actor, permission) || (await roleOf(kept, actor, permission, wanted)) === 'admin'
}

/** The same for what every member may. */
export async function mayAsMember(
  kept: Members,
  actor: Actor,
  permission: OrganizationPermission,
  wanted: string,
): Promise<boolean> {
  return may(actor, permission) || (await roleOf(kept, actor, permission, wanted)) !== null
}

async function roleOf({ members }: Members, actor: Actor, permission: OrganizationPermission, wanted: string) {
  if (actor.kind !== 'user' || !mayWhereAdmin(actor, permission)) return null
  const id = parseOrganizationId(wanted)
  return 'flaw' in id ? null : members.roleIn(id.value, actor.id)
}

/** The organizations in which the actor holds the permission as an admin of theirs. */
export async function reachedAsAdmin(
  { members }: { readonly members: Pick<MemberReads, 'ofUser'> },
  actor: Actor,
  permission: OrganizationPermission,
): Promise<readonly OrganizationId[]> {
  if (actor.kind !== 'user' || !mayWhereAdmin(actor, permission)) return []
  const own = await members.ofUser(actor.id)
  return own.filter(({ role }) => role === 'admin').map(({ organization }) => organization.id)
}
