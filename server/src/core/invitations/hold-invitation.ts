import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { User } from '../users/user.ts'
import type { Invitation, InvitationId } from './invitation.ts'

/**
 * An open invitation, with its user, who is held: whoever changes an invitation holds its user first, so nobody else accepts, revokes or resends it
 * until the transaction ends.
 */
export async function holdInvitation(
  { store }: Transaction,
  id: InvitationId,
): Promise<Outcome<{ invitation: Invitation; user: User }, 'invitation_not_found' | 'invitation_over'>> {
  const found = await store.invitations.byId(id)
  if (found === null) return refuse({ code: 'invitation_not_found' })
  const user = await store.users.byId(found.invitation.userId)
  const open = await store.invitations.openOf(found.invitation.userId)
  if (open?.id === id && user !== null) return grant({ invitation: open, user })
  const over = await store.invitations.byId(id)
  const wasAccepted = over !== null && over.invitation.acceptedAtMs !== null
  return refuse({ code: 'invitation_over', because: wasAccepted ? 'accepted' : 'revoked' })
}
