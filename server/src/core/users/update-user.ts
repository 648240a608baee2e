import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid } from '../form.ts'
import { doneBy, tellOwner, wantsNotices } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may, mayReach } from '../permissions.ts'
import type { Core, TakenCode, Transaction } from '../ports.ts'
import type { Fault } from '../refusals.ts'
import { applyChanges, type Changes, changedFields } from './changes.ts'
import { parseUserId } from './names.ts'
import { readChanges, type UserChangeValues } from './read-changes.ts'
import type { User, UserId } from './user.ts'
import { isStale, type WantedVersions } from './versions.ts'

type UpdateRefusal = 'not_in_person' | 'user_not_found' | 'stale' | 'invalid' | 'last_admin' | TakenCode

/** Changes what was sent and nothing else; sending back what was shown changes nothing. */
export async function updateUser(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
  asked: { form: Form<UserChangeValues>; versions: WantedVersions },
): Promise<Outcome<User, 'not_allowed' | UpdateRefusal>> {
  const update = readUpdate(actor, wanted, asked)
  return update.ok ? core.commit('update-user', update.value) : update
}

export interface Update {
  readonly actor: Actor
  readonly id: UserId
  readonly changes: Changes
  readonly versions: WantedVersions
}

export function readUpdate(
  actor: Actor,
  wanted: string,
  { form, versions }: { form: Form<UserChangeValues>; versions: WantedVersions },
): Outcome<Update, 'not_allowed' | 'invalid'> {
  if (!mayReach(actor, 'users:update', wanted.toLowerCase()))
    return refuse({ code: 'not_allowed', needs: 'users:update' })
  const isAdmin = may(actor, 'users:roles')
  if (!isAdmin && sends(form, isOwn(actor, wanted) ? adminFields : [...adminFields, 'email']))
    return refuse({ code: 'not_allowed', needs: 'users:roles' })
  const id = parseUserId(wanted)
  const read = readChanges(form, isAdmin ? 'admin' : 'self')
  const faults: readonly Fault[] = 'flaw' in id ? [{ field: 'id', ...id.flaw }, ...read.faults] : read.faults
  if ('flaw' in id || faults.length > 0) return invalid(faults)
  return grant({ actor, id: id.value, changes: read.changes, versions })
}

export async function commitUpdateUser(
  transaction: Transaction,
  { actor, id, changes, versions }: Update,
): Promise<Outcome<User, UpdateRefusal>> {
  const { store, nowMs } = transaction
  const before = await store.users.byId(id)
  if (before === null) return refuse({ code: 'user_not_found', wanted: id })
  if (isStale(before, versions)) return refuse({ code: 'stale', version: before.version })
  const applied = applyChanges(before, changes)
  if (!applied.ok) return applied
  const changed = changedFields(before, applied.value)
  if (changed.length === 0) return grant(before)
  // By these names one signs in: no program changes its owner's, and nobody in somebody's stead.
  const renames = changed.includes('email') || changed.includes('username')
  if (renames && isOwn(actor, id) && !isInPerson(actor)) return refuse({ code: 'not_in_person' })
  const saved = await store.users.save(before, { ...applied.value, version: before.version + 1, updatedAtMs: nowMs })
  if (!saved.ok) return saved
  const isBarred = before.status !== 'inactive' && saved.value.status === 'inactive'
  if (isBarred) await store.sessions.endAll(id, nowMs, null)
  if (isBarred || changed.includes('email')) await store.links.voidEvery(id, nowMs)
  if (changed.includes('avatar')) await store.avatars.remove(id)
  await recordChanges(transaction, actor, before, saved.value, changed)
  // Or whoever means to go on unnoticed would begin with this.
  if (wantsNotices(before) && !wantsNotices(saved.value))
    await tellOwner(transaction, before, { kind: 'notices_off', ...doneBy(actor, before) })
  return grant(saved.value)
}

function isOwn(actor: Actor, wanted: string): boolean {
  return actor.kind === 'user' && actor.id === wanted.toLowerCase()
}

/** Only an admin sends these, whatever their values. */
const adminFields = ['role', 'administers', 'status', 'attributes'] as const

function sends(form: Form<UserChangeValues>, fields: readonly (keyof UserChangeValues)[]): boolean {
  return fields.some(
    (field) =>
      form.values[field] !== undefined ||
      form.faults.some((fault) => fault.field === field || fault.field.startsWith(`${field}.`)),
  )
}

async function recordChanges(
  transaction: Transaction,
  actor: Actor,
  before: User,
  after: User,
  changed: readonly string[],
): Promise<void> {
  const plain = changed.filter((field) => field !== 'role' && field !== 'status')
  if (changed.includes('role')) {
    await record(transaction, actor, after.id, 'role_changed', { from: before.role, to: after.role })
  }
  if (changed.includes('status')) {
    await record(transaction, actor, after.id, 'status_changed', { from: before.status, to: after.status })
  }
  if (plain.length > 0) await record(transaction, actor, after.id, 'updated', { changed: plain })
}
