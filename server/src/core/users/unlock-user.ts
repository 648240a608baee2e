import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { guessesAtCode, guessesAtUser } from '../credentials/guessed-at.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from './names.ts'
import type { UserId } from './user.ts'

/**
 * Lets somebody be guessed at anew, by all their names, whose guesses were used up. Nothing changes, and nothing is written down, for who is
 * not locked.
 */
export async function unlockUser(
  core: Pick<Core, 'commit' | 'directory' | 'guesses' | 'ids'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<{ wasLocked: boolean }, 'not_allowed' | 'invalid' | 'user_not_found'>> {
  if (!may(actor, 'users:roles')) return refuse({ code: 'not_allowed', needs: 'users:roles' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const user = await core.directory.users.byId(id.value)
  if (user === null) return refuse({ code: 'user_not_found', wanted })
  const guessedAt = [...guessesAtUser(user), guessesAtCode(user.id)]
  const wasLocked = await core.guesses.areSpent(guessedAt)
  const attempt = core.ids.next()
  const recorded = await core.commit('record-unlock', { actor, id: user.id, wasLocked, attempt })
  if (!recorded.ok) return recorded
  // A request that is sent again is answered what came of the first: it does not open a lock that was shut in between.
  if (recorded.value.attempt === attempt && wasLocked) await core.guesses.forget(guessedAt)
  return grant({ wasLocked: recorded.value.wasLocked })
}

export async function commitRecordUnlock(
  transaction: Transaction,
  { actor, id, wasLocked, attempt }: { actor: Actor; id: UserId; wasLocked: boolean; attempt: string },
): Promise<Outcome<{ wasLocked: boolean; attempt: string }, 'user_not_found'>> {
  if ((await transaction.store.users.byId(id)) === null) return refuse({ code: 'user_not_found', wanted: id })
  if (wasLocked) await record(transaction, actor, id, 'unlocked')
  return grant({ wasLocked, attempt })
}
