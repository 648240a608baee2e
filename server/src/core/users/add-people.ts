import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { TakenCode, Transaction } from '../ports.ts'
import type { NewUser } from './user.ts'

export interface Newcomer {
  readonly user: NewUser
  readonly passwordHash: string | null
}

/**
 * Adds people whose records are made already: all or none. `onlyIfEmpty` adds nobody to a directory that has ever held anybody. How many admins there are is
 * written down once all are there: whoever else makes one waits from then on until the transaction ends.
 */
export async function commitAddPeople(
  transaction: Transaction,
  { actor, people, onlyIfEmpty }: { actor: Actor; people: readonly Newcomer[]; onlyIfEmpty: boolean },
): Promise<Outcome<{ added: number }, TakenCode>> {
  const { store, nowMs } = transaction
  if (onlyIfEmpty && !(await store.users.isEmpty())) return grant({ added: 0 })
  store.users.putOff()
  for (const { user, passwordHash } of people) {
    const added = await store.users.add(user)
    if (!added.ok) return added
    if (passwordHash !== null) await store.credentials.setPassword(user.id, passwordHash, nowMs)
    await record(transaction, actor, user.id, 'created')
  }
  const [taken] = await store.users.settle()
  if (taken === undefined) return grant({ added: people.length })
  if (taken.code === 'last_admin') throw new Error('adding people left nobody an admin')
  return refuse({ code: taken.code })
}
