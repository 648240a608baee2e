import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { type Invited, parseInvitationId } from './invitation.ts'

export async function readInvitation(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Invited, 'not_allowed' | 'invalid' | 'invitation_not_found'>> {
  if (!may(actor, 'invitations:manage')) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  const id = parseInvitationId(wanted)
  if (!id.ok) return id
  const found = await directory.invitations.byId(id.value)
  return found === null ? refuse({ code: 'invitation_not_found' }) : grant(found)
}
