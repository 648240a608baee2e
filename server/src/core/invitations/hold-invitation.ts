import type { Actor } from '../actor.ts'
import type { Organization } from '../organizations/organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { User } from '../users/user.ts'
import type { Invitation, InvitationId, Invited } from './invitation.ts'
import { mayManage } from './reach-invitation.ts'

/** An open invitation, with its user, and the organization that it is into. */
export interface Held extends Invited {
  readonly user: User
  readonly organization: Organization | null
}

export type HoldRefusal = 'not_allowed' | 'invitation_not_found' | 'invitation_over'

/**
 * Holds the user of an open invitation, and its organization: whoever changes an invitation holds these first, so nobody else accepts, revokes or
 * resends it until the transaction ends.
 */
export async function holdInvitation(
  { store }: Transaction,
  actor: Actor,
  id: InvitationId,
): Promise<Outcome<Held, HoldRefusal>> {
  const found = await store.invitations.byId(id)
  if (found === null) return refuse({ code: 'invitation_not_found' })
  const { into, userId } = found.invitation
  const user = await store.users.byId(userId)
  const organization = into === null ? null : await store.organizations.byId(into.organizationId)
  if (!(await mayManage(store, actor, found.invitation)))
    return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  const held = (await store.invitations.byId(id)) ?? found
  if (user !== null && isOpen(held.invitation)) return grant({ ...held, user, organization })
  return refuse({ code: 'invitation_over', because: held.invitation.acceptedAtMs === null ? 'revoked' : 'accepted' })
}

function isOpen({ acceptedAtMs, revokedAtMs }: Invitation): boolean {
  return acceptedAtMs === null && revokedAtMs === null
}
