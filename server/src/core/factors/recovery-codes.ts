import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { limits } from '../limits.ts'
import { tellOwner } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { type InPerson, inPerson } from '../sessions/in-person.ts'
import type { UserId } from '../users/user.ts'
import type { Factor } from './factor.ts'
import { ownerProved } from './fresh-proof.ts'

/** Ten codes, each good once in place of a factor that is not at hand; they are shown this once, and those that were there before are void. */
export async function makeRecoveryCodes(
  core: Pick<Core, 'commit' | 'secrets'>,
  actor: Actor,
): Promise<Outcome<readonly string[], 'not_in_person' | 'unauthenticated' | 'proof_needed' | 'no_factor'>> {
  const owner = inPerson(actor)
  if (owner === null) return refuse({ code: 'not_in_person' })
  const { codes, digests } = newRecoveryCodes(core, owner.id)
  const made = await core.commit('make-recovery-codes', { owner, digests })
  return made.ok ? grant(codes) : made
}

export async function commitMakeRecoveryCodes(
  transaction: Transaction,
  { owner, digests }: { owner: InPerson; digests: readonly string[] },
): Promise<Outcome<null, 'unauthenticated' | 'proof_needed' | 'no_factor'>> {
  const { store } = transaction
  const proved = await ownerProved(transaction, owner, null)
  if (!proved.ok) return proved
  if (!(await store.factors.guards(owner.id))) return refuse({ code: 'no_factor' })
  await replaceCodes(transaction, owner, digests)
  await tellOwner(transaction, proved.value, { kind: 'recovery_codes_made', ip: owner.actor.origin.ip })
  return grant(null)
}

/** A factor that guards from here on, and the recovery codes that come with the first. */
export interface AddedFactor {
  readonly factor: Factor
  /** Null with any but the first. */
  readonly recoveryCodes: readonly string[] | null
}

/** What comes with the first factor: recovery codes, and the end of all sessions that were opened by a password alone but the calling one. */
export async function firstFactor(
  transaction: Transaction,
  owner: InPerson,
  digests: readonly string[],
): Promise<void> {
  const { store, nowMs } = transaction
  await replaceCodes(transaction, owner, digests)
  await store.sessions.endAll(owner.id, nowMs, owner.sessionId)
}

async function replaceCodes(transaction: Transaction, { actor, id }: InPerson, digests: readonly string[]) {
  const { store } = transaction
  await store.factors.replaceRecoveryCodes(id, digests)
  await record(transaction, actor, id, 'recovery_codes_made')
}

/** As people read them, `xxxx-xxxx-xxxx-xxxx`, and as they are kept. */
export function newRecoveryCodes({ secrets }: Pick<Core, 'secrets'>, id: UserId) {
  const texts = Array.from({ length: limits.recoveryCodesPerUser }, () => secrets.newRecoveryCode())
  return {
    codes: texts.map((text) => text.replace(/(.{4})(?=.)/g, '$1-')),
    digests: texts.map((text) => secrets.digest(`recovery code of ${id}`, text)),
  }
}
