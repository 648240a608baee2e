import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from './names.ts'
import type { User, UserId } from './user.ts'

/** Takes a deletion back: names and all, or nothing. Sessions stay over. */
export async function restoreUser(
  core: Pick<Core, 'commit' | 'policy'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<User, 'not_allowed' | 'invalid' | 'user_not_found' | 'not_restorable'>> {
  const restoration = readRestoration(core, actor, wanted)
  return restoration.ok ? core.commit('restore-user', restoration.value) : restoration
}

export interface Restoration {
  readonly actor: Actor
  readonly id: UserId
  readonly retentionMs: number
}

export function readRestoration(
  core: Pick<Core, 'policy'>,
  actor: Actor,
  wanted: string,
): Outcome<Restoration, 'not_allowed' | 'invalid'> {
  if (!may(actor, 'users:delete')) return refuse({ code: 'not_allowed', needs: 'users:delete' })
  const id = parseUserId(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  return grant({ actor, id: id.value, retentionMs: core.policy.retentionMs })
}

export async function commitRestoreUser(
  transaction: Transaction,
  { actor, id, retentionMs }: Restoration,
): Promise<Outcome<User, 'user_not_found' | 'not_restorable'>> {
  const { store, nowMs } = transaction
  const user = await store.users.deletedById(id)
  if (user === null || user.deletion === null) {
    const isLive = (await store.users.byId(id)) !== null
    return isLive
      ? refuse({ code: 'not_restorable', because: 'not_deleted' })
      : refuse({ code: 'user_not_found', wanted: id })
  }
  if (!user.deletion.restorable) return refuse({ code: 'not_restorable', because: 'final' })
  if (nowMs - user.deletion.atMs > retentionMs) return refuse({ code: 'not_restorable', because: 'expired' })
  const restored = { ...user, deletion: null, version: user.version + 1, updatedAtMs: nowMs }
  const saved = await store.users.save(user, restored)
  if (!saved.ok) {
    if (saved.refusal.code === 'last_admin') throw new Error('a restored user leaves no admin post')
    return refuse({ code: 'not_restorable', because: saved.refusal.code })
  }
  await record(transaction, actor, id, 'restored')
  return grant(saved.value)
}
