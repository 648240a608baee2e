import type { Actor } from '../actor.ts'
import { mayIn } from '../organizations/reach-organization.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { may, mayWhereAdmin } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { type Invitation, type InvitationId, parseInvitationId } from './invitation.ts'

/** Whether the actor looks after all invitations, or after those into its organization. */
export async function mayManage(
  kept: Parameters<typeof mayIn>[0],
  actor: Actor,
  { into }: Pick<Invitation, 'into'>,
): Promise<boolean> {
  if (into === null) return may(actor, 'invitations:manage')
  return mayIn(kept, actor, 'invitations:manage', into.organizationId)
}

/** The id of an invitation that the actor looks after. To an organization's admins one that they do not is as one that does not exist. */
export async function reachInvitation(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<InvitationId, 'not_allowed' | 'invalid'>> {
  const id = parseInvitationId(wanted)
  if (may(actor, 'invitations:manage')) return id
  const found = id.ok && mayWhereAdmin(actor, 'invitations:manage') ? await directory.invitations.byId(id.value) : null
  if (found !== null && (await mayManage(directory, actor, found.invitation))) return id
  return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
}
