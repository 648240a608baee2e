import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core } from '../ports.ts'
import type { Invited } from './invitation.ts'
import { reachInvitation } from './reach-invitation.ts'

export async function readInvitation(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Invited, 'not_allowed' | 'invalid' | 'invitation_not_found'>> {
  const id = await reachInvitation(core, actor, wanted)
  if (!id.ok) return id
  const found = await core.directory.invitations.byId(id.value)
  return found === null ? refuse({ code: 'invitation_not_found' }) : grant(found)
}
