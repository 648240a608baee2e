import type { Actor } from '../actor.ts'
import { type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { commitDeleteUser } from '../users/delete-user.ts'
import type { User } from '../users/user.ts'
import { findInCharge } from './charge.ts'
import type { Wanted } from './sight.ts'

type Refusals = 'not_allowed' | 'user_not_found' | 'last_admin'

/** Deletes somebody; an admin of the directory may restore them. */
export async function deleteFellow(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: Wanted,
): Promise<Outcome<User, Refusals>> {
  const found = await findInCharge(core.directory, actor, wanted, 'users:delete')
  return found.ok ? core.commit('delete-fellow', { actor, wanted }) : found
}

export async function commitDeleteFellow(
  transaction: Transaction,
  { actor, wanted }: { actor: Actor; wanted: Wanted },
): Promise<Outcome<User, Refusals>> {
  const found = await findInCharge(transaction.store, actor, wanted, 'users:delete')
  if (!found.ok) return found
  const { id } = found.value
  const deleted = await commitDeleteUser(transaction, { actor, id, versions: null, finality: 'restorable' })
  if (deleted.ok) return deleted
  if (deleted.refusal.code === 'stale') throw new Error('no version was asked for')
  return refuse(deleted.refusal)
}
