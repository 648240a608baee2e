import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { TakenCode, Transaction } from '../ports.ts'
import type { NewUser } from './user.ts'

export interface Newcomer {
  readonly user: NewUser
  readonly passwordHash: string | null
}

/** Adds people whose records are made already: all or none. `onlyIfEmpty` adds nobody to a directory that has ever held anybody. */
export async function commitAddPeople(
  transaction: Transaction,
  { actor, people, onlyIfEmpty }: { actor: Actor; people: readonly Newcomer[]; onlyIfEmpty: boolean },
): Promise<Outcome<{ added: number }, TakenCode>> {
  const { store, nowMs } = transaction
  if (onlyIfEmpty && !(await store.users.isEmpty())) return grant({ added: 0 })
  for (const { user, passwordHash } of people) {
    const added = await store.users.add(user)
    if (!added.ok) return added
    if (passwordHash !== null) await store.credentials.setPassword(user.id, passwordHash, nowMs)
    await record(transaction, actor, user.id, 'created')
  }
  return grant({ added: people.length })
}
