import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { commitDeleteUser } from '../users/delete-user.ts'
import { commitUpdateUser } from '../users/update-user.ts'
import type { User } from '../users/user.ts'
import { type HoldRefusal, holdInvitation } from './hold-invitation.ts'
import type { Invitation, InvitationId } from './invitation.ts'
import { reachInvitation } from './reach-invitation.ts'

/**
 * Takes an invitation back: its links are void, and the user who was made for it is deleted for good, so that the address is free. Whoever was there
 * before stays, and has no role of it: they may yet prove their address.
 */
export async function revokeInvitation(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<{ revokedAtMs: number }, 'invalid' | HoldRefusal>> {
  const id = await reachInvitation(core, actor, wanted)
  return id.ok ? core.commit('revoke-invitation', { actor, id: id.value }) : id
}

export async function commitRevokeInvitation(
  transaction: Transaction,
  { actor, id }: { actor: Actor; id: InvitationId },
): Promise<Outcome<{ revokedAtMs: number }, HoldRefusal>> {
  const { store, nowMs } = transaction
  const held = await holdInvitation(transaction, actor, id)
  if (!held.ok) return held
  const { invitation, user } = held.value
  await store.invitations.revoke(id, nowMs)
  if (invitation.into !== null) {
    await store.links.voidInvitation(user.id, id, nowMs)
    await record(transaction, actor, user.id, 'invitation_revoked', { organization: invitation.into.organizationId })
    await deleteUnknown(transaction, actor, invitation, user)
    return grant({ revokedAtMs: nowMs })
  }
  await store.links.voidAll(user.id, 'invitation', nowMs)
  await record(transaction, actor, user.id, 'invitation_revoked')
  const ended = invitation.madeUser
    ? await commitDeleteUser(transaction, { actor, id: user.id, versions: null, finality: 'final' })
    : await commitUpdateUser(transaction, { actor, id: user.id, changes: { role: 'user' }, versions: null })
  if (!ended.ok) throw new Error(`a pending user could not be deleted, or lose a role: ${ended.refusal.code}`)
  return grant({ revokedAtMs: nowMs })
}

/**
 * Deletes whoever was made for an invitation into an organization, and is asked nowhere else. For everybody else the same is done and taken back:
 * how long it takes to revoke does not tell whether somebody had the address before.
 */
async function deleteUnknown(
  { store, nowMs }: Transaction,
  actor: Actor,
  invitation: Invitation,
  user: User,
): Promise<void> {
  // A change that other nodes hear of is waited for.
  store.users.touch(user.id)
  const isAskedElsewhere = await store.invitations.hasOpen(user.id)
  await store.attempt(async (store) => {
    const deletion = { actor, id: user.id, versions: null, finality: 'final' } as const
    const transaction = { store, nowMs }
    const deleted = await commitDeleteUser(transaction, deletion)
    return deleted.ok && invitation.madeUser && user.status === 'pending' && !isAskedElsewhere
  })
}
