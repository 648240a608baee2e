import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { commitDeleteUser } from '../users/delete-user.ts'
import { commitUpdateUser } from '../users/update-user.ts'
import { holdInvitation } from './hold-invitation.ts'
import { type InvitationId, parseInvitationId } from './invitation.ts'

type Refusals = 'invitation_not_found' | 'invitation_over'

/**
 * Takes an invitation back: its links are void, and the user who was made for it is deleted for good, so that the address is free. Whoever was there
 * before stays, and has no role of it: they may yet prove their address.
 */
export async function revokeInvitation(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<{ revokedAtMs: number }, 'not_allowed' | 'invalid' | Refusals>> {
  if (!may(actor, 'invitations:manage')) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  const id = parseInvitationId(wanted)
  return id.ok ? core.commit('revoke-invitation', { actor, id: id.value }) : id
}

export async function commitRevokeInvitation(
  transaction: Transaction,
  { actor, id }: { actor: Actor; id: InvitationId },
): Promise<Outcome<{ revokedAtMs: number }, Refusals>> {
  const { store, nowMs } = transaction
  const held = await holdInvitation(transaction, id)
  if (!held.ok) return held
  const { invitation, user } = held.value
  await store.invitations.revoke(id, nowMs)
  await store.links.voidAll(user.id, 'invitation', nowMs)
  await record(transaction, actor, user.id, 'invitation_revoked')
  const ended = invitation.madeUser
    ? await commitDeleteUser(transaction, { actor, id: user.id, versions: null, finality: 'final' })
    : await commitUpdateUser(transaction, { actor, id: user.id, changes: { role: 'user' }, versions: null })
  if (!ended.ok) throw new Error(`a pending user could not be deleted, or lose a role: ${ended.refusal.code}`)
  return grant({ revokedAtMs: nowMs })
}
