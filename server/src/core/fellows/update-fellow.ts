import type { Actor } from '../actor.ts'
import { type Form, invalid } from '../form.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, TakenCode, Transaction } from '../ports.ts'
import type { Changes } from '../users/changes.ts'
import { readChanges, type UserChangeValues } from '../users/read-changes.ts'
import { commitUpdateUser } from '../users/update-user.ts'
import type { User } from '../users/user.ts'
import { findInCharge } from './charge.ts'
import type { Wanted } from './sight.ts'

type FellowChangeValues = Pick<UserChangeValues, 'firstName' | 'lastName' | 'status'>

type Refusals = 'not_allowed' | 'user_not_found' | 'invalid' | 'last_admin'

/** Changes somebody's name, or whether they may sign in. */
export async function updateFellow(
  core: Pick<Core, 'commit' | 'directory'>,
  actor: Actor,
  wanted: Wanted,
  form: Form<FellowChangeValues>,
): Promise<Outcome<User, Refusals>> {
  const found = await findInCharge(core.directory, actor, wanted, 'users:update')
  if (!found.ok && found.refusal.code === 'not_allowed') return refuse(found.refusal)
  // Admins of the directory call with a token that may be for names only.
  const bars = form.values.status !== undefined || form.faults.some(({ field }) => field === 'status')
  if (bars && may(actor, 'users:list') && !may(actor, 'users:roles'))
    return refuse({ code: 'not_allowed', needs: 'users:roles' })
  const { changes, faults } = readChanges(form, 'admin')
  if (faults.length > 0) return invalid(faults)
  return found.ok ? core.commit('update-fellow', { actor, wanted, changes }) : found
}

export async function commitUpdateFellow(
  transaction: Transaction,
  { actor, wanted, changes }: { actor: Actor; wanted: Wanted; changes: Changes },
): Promise<Outcome<User, Refusals>> {
  const found = await findInCharge(transaction.store, actor, wanted, 'users:update')
  if (!found.ok) return found
  const updated = await commitUpdateUser(transaction, { actor, id: found.value.id, changes, versions: null })
  if (updated.ok) return updated
  const { refusal } = updated
  if (refusal.code === 'last_admin' || refusal.code === 'invalid' || refusal.code === 'user_not_found')
    return refuse(refusal)
  throw new Error(`names and a status cannot meet ${refusal.code satisfies TakenCode | 'stale' | 'not_in_person'}`)
}
