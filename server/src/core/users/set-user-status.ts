import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import type { User, UserId } from './user.ts'

/** Lets a user sign in, or bars them. Doing it twice is no mistake: `changed` tells contracts that phrase the two cases apart. */
export async function setUserStatus(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  id: UserId,
  status: 'active' | 'inactive',
): Promise<Outcome<{ user: User; changed: boolean }, 'not_allowed' | 'user_not_found' | 'last_admin'>> {
  if (!may(actor, 'users:roles')) return refuse({ code: 'not_allowed', needs: 'users:roles' })
  return core.commit('set-user-status', { actor, id, status })
}

export async function commitSetUserStatus(
  transaction: Transaction,
  { actor, id, status }: { actor: Actor; id: UserId; status: 'active' | 'inactive' },
): Promise<Outcome<{ user: User; changed: boolean }, 'user_not_found' | 'last_admin'>> {
  const { store, nowMs } = transaction
  const user = await store.users.byId(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  if (user.status === status) return grant({ user, changed: false })
  const saved = await store.users.save(user, { ...user, status, version: user.version + 1, updatedAtMs: nowMs })
  if (!saved.ok) {
    if (saved.refusal.code === 'last_admin') return refuse(saved.refusal)
    throw new Error('a change of status claims no name')
  }
  if (status === 'inactive') {
    await store.sessions.endAll(id, nowMs, null)
    await store.links.voidEvery(id, nowMs)
  }
  await record(transaction, actor, id, 'status_changed', { from: user.status, to: status })
  return grant({ user: saved.value, changed: true })
}
