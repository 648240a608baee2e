import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { doneBy, tellOwner } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { type InPerson, inPerson } from '../sessions/in-person.ts'
import { looksLikeId, parseUserId } from '../users/names.ts'
import type { UserId } from '../users/user.ts'
import type { Factor, FactorId } from './factor.ts'
import { ownerProved } from './fresh-proof.ts'

const badFactorId = { field: 'factorId', flaw: 'bad_id' } as const

/** Takes a factor off one's own account. */
export async function removeOwnFactor(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<null, 'not_in_person' | 'invalid' | 'unauthenticated' | 'proof_needed' | 'factor_not_found'>> {
  const owner = inPerson(actor)
  if (owner === null) return refuse({ code: 'not_in_person' })
  if (!looksLikeId(wanted)) return invalid([badFactorId])
  return core.commit('remove-own-factor', { owner, id: wanted.toLowerCase() as FactorId })
}

export async function commitRemoveOwnFactor(
  transaction: Transaction,
  { owner, id }: { owner: InPerson; id: FactorId },
): Promise<Outcome<null, 'unauthenticated' | 'proof_needed' | 'factor_not_found'>> {
  const { store } = transaction
  const proved = await ownerProved(transaction, owner, null)
  const removed = await store.factors.remove(owner.id, id)
  // What was never confirmed guards nothing, and goes without a proof.
  const needsProof = removed?.confirmedAtMs !== null
  if (!proved.ok && (needsProof || proved.refusal.code !== 'proof_needed')) return proved
  if (removed === null) return refuse({ code: 'factor_not_found' })
  await dropWhatHungOn(transaction, owner.actor, removed)
  await store.challenges.voidAll(owner.id)
  return grant(null)
}

/**
 * Takes a factor off somebody's account, when they have lost it: an admin does that, in a session of their own. All sessions of the user end, as
 * when they are given another password. To oneself an admin does it like everybody else.
 */
export async function removeFactor(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: { readonly user: string; readonly factor: string },
): Promise<
  Outcome<
    null,
    | 'not_in_person'
    | 'not_allowed'
    | 'invalid'
    | 'unauthenticated'
    | 'proof_needed'
    | 'user_not_found'
    | 'factor_not_found'
  >
> {
  const admin = inPerson(actor)
  if (admin === null) return refuse({ code: 'not_in_person' })
  if (!may(actor, 'factors:manage')) return refuse({ code: 'not_allowed', needs: 'factors:manage' })
  const userId = parseUserId(wanted.user)
  const faults = looksLikeId(wanted.factor) ? [] : [badFactorId]
  if ('flaw' in userId) return invalid([{ field: 'id', ...userId.flaw }, ...faults])
  if (faults.length > 0) return invalid(faults)
  if (userId.value === admin.id) return removeOwnFactor(core, actor, wanted.factor)
  return core.commit('remove-factor', { actor, userId: userId.value, id: wanted.factor.toLowerCase() as FactorId })
}

export async function commitRemoveFactor(
  transaction: Transaction,
  { actor, userId, id }: { actor: Actor; userId: UserId; id: FactorId },
): Promise<Outcome<null, 'user_not_found' | 'factor_not_found'>> {
  const { store, nowMs } = transaction
  if ((await store.users.byId(userId)) === null) return refuse({ code: 'user_not_found', wanted: userId })
  const removed = await store.factors.remove(userId, id)
  if (removed === null) return refuse({ code: 'factor_not_found' })
  await dropWhatHungOn(transaction, actor, removed)
  await store.sessions.endAll(userId, nowMs, null)
  return grant(null)
}

/** Recovery codes go with the last factor that they stood in for. The user is held. */
async function dropWhatHungOn(transaction: Transaction, actor: Actor, { userId, kind, confirmedAtMs }: Factor) {
  const { store } = transaction
  if (confirmedAtMs === null) return
  if (!(await store.factors.guards(userId))) await store.factors.replaceRecoveryCodes(userId, [])
  await record(transaction, actor, userId, 'factor_removed', { changed: [kind] })
  const user = await store.users.byId(userId)
  if (user !== null)
    await tellOwner(transaction, user, { kind: 'factor_removed', factor: kind, ...doneBy(actor, user) })
}
