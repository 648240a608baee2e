import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from './names.ts'
import type { User, UserId } from './user.ts'
import { isStale, type WantedVersions } from './versions.ts'

/** Whether an admin may take a deletion back, or it is for good. */
export type Finality = 'restorable' | 'final'

/** Removes a user from sight: names are free, sessions and API tokens over, at once. */
export async function deleteUser(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
  asked: { versions: WantedVersions; finality: Finality },
): Promise<Outcome<User, 'not_allowed' | 'invalid' | 'user_not_found' | 'last_admin' | 'stale'>> {
  const deletion = readDeletion(actor, wanted, asked)
  return deletion.ok ? core.commit('delete-user', deletion.value) : deletion
}

export interface DeletionWanted {
  readonly actor: Actor
  readonly id: UserId
  readonly versions: WantedVersions
  readonly finality: Finality
}

export function readDeletion(
  actor: Actor,
  wanted: string,
  { versions, finality }: { versions: WantedVersions; finality: Finality },
): Outcome<DeletionWanted, 'not_allowed' | 'invalid'> {
  if (!may(actor, 'users:delete')) return refuse({ code: 'not_allowed', needs: 'users:delete' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  return grant({ actor, id: id.value, versions, finality })
}

export async function commitDeleteUser(
  transaction: Transaction,
  { actor, id, versions, finality }: DeletionWanted,
): Promise<Outcome<User, 'user_not_found' | 'last_admin' | 'stale'>> {
  const { store, nowMs } = transaction
  const user = await store.users.byId(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  if (isStale(user, versions)) return refuse({ code: 'stale', version: user.version })
  const deletion = { atMs: nowMs, restorable: finality === 'restorable' }
  const saved = await store.users.save(user, { ...user, deletion, version: user.version + 1, updatedAtMs: nowMs })
  if (!saved.ok) return saved.refusal.code === 'last_admin' ? refuse(saved.refusal) : neverTaken()
  await store.sessions.endAll(id, nowMs, null)
  await store.apiTokens.revokeAll(id)
  await store.links.voidEvery(id, nowMs)
  if (finality === 'final') {
    await store.credentials.forget(id)
    await store.factors.forget(id)
    await store.avatars.remove(id)
  }
  await record(transaction, actor, id, 'deleted')
  return grant(saved.value)
}

function neverTaken(): never {
  throw new Error('giving up a name cannot meet another holder')
}
