import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import { defaultPreferences, type User, type UserId } from '../users/user.ts'
import { isStale, type WantedVersions } from '../users/versions.ts'
import type { Erasure, ErasureCause, ErasureId } from './erasure.ts'

/**
 * Takes away for good what is kept of a person, be they live, pending or deleted; what is left is an id, a number and instants. Erasing somebody again
 * answers what was done the first time.
 */
export async function eraseUser(
  core: Pick<Core, 'commit' | 'ids' | 'erasedIds'>,
  actor: Actor,
  wanted: string,
  { versions }: { versions: WantedVersions },
): Promise<
  Outcome<
    Erasure,
    'not_allowed' | 'not_in_person' | 'own_record' | 'invalid' | 'user_not_found' | 'last_admin' | 'stale'
  >
> {
  if (!may(actor, 'users:delete')) return refuse({ code: 'not_allowed', needs: 'users:delete' })
  if (!isInPerson(actor)) return refuse({ code: 'not_in_person' })
  if (actor.kind === 'user' && actor.id === wanted.toLowerCase())
    return refuse({ code: 'own_record', needs: 'users:delete' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const erasureId = core.ids.next() as ErasureId
  const erased = await core.commit('erase-user', { actor, id: id.value, erasureId, versions, cause: 'asked' })
  if (erased.ok) await core.erasedIds.add([id.value])
  return erased
}

export interface ErasureWanted {
  readonly actor: Actor
  readonly id: UserId
  readonly erasureId: ErasureId
  readonly versions: WantedVersions
  readonly cause: ErasureCause
}

export async function commitEraseUser(
  transaction: Transaction,
  { actor, id, erasureId, versions, cause }: ErasureWanted,
): Promise<Outcome<Erasure, 'user_not_found' | 'last_admin' | 'stale'>> {
  const { store, nowMs } = transaction
  const user = await store.erasures.user(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  const earlier = await store.erasures.ofUser(id)
  if (earlier !== null) return grant(earlier)
  if (isStale(user, versions)) return refuse({ code: 'stale', version: user.version })
  const tombstone = tombstoneOf(user, nowMs)
  const saved = await store.users.save(user, tombstone, cause === 'restored' ? 'nobody' : 'the_last_admin')
  if (!saved.ok) return saved.refusal.code === 'last_admin' ? refuse(saved.refusal) : neverTaken()
  const erased = await store.erasures.forgetAll(user)
  await store.erasures.bury(tombstone, nowMs)
  const erasure: Erasure = {
    id: erasureId,
    userId: id,
    cause,
    atMs: nowMs,
    erased,
    sweptAtMs: null,
    finishedAtMs: null,
  }
  await store.erasures.add(erasure)
  await record(transaction, actor, id, 'erased')
  return grant(erasure)
}

/** Nothing of it is anybody's but the id, the number and the instants. */
function tombstoneOf({ id, number, version, createdAtMs, deletion }: User, nowMs: number): User {
  return {
    id,
    number,
    email: null,
    username: null,
    firstName: null,
    lastName: null,
    role: 'user',
    status: 'inactive',
    emailVerified: false,
    version: version + 1,
    createdAtMs,
    updatedAtMs: nowMs,
    lastLoginAtMs: null,
    deletion: { atMs: deletion?.atMs ?? nowMs, restorable: false },
    particulars: { avatar: null, redirectUri: null, profile: {}, preferences: defaultPreferences, attributes: {} },
  }
}

function neverTaken(): never {
  throw new Error('giving up a name cannot meet another holder')
}
