import type { SecondStep } from '../factors/factor.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { UserId } from '../users/user.ts'

/** A sign-in that lacks its second step. */
export interface BegunSignIn {
  /** Finishes the sign-in together with a code or a passkey, and does nothing else. */
  readonly id: string
  readonly steps: readonly SecondStep[]
  readonly expiresInSeconds: number
}

/** What the password matched, and what is to be kept in its place if that was made elsewhere. */
export interface Hashes {
  readonly verifiedHash: string
  readonly renewedHash: string | null
}

export async function beginSignIn(
  core: Pick<Core, 'commit' | 'clock' | 'passkeys' | 'secrets'>,
  userId: UserId,
  hashes: Hashes,
): Promise<Outcome<BegunSignIn, 'wrong_credentials'>> {
  const id = core.secrets.newChallengeId()
  const digest = core.secrets.digest('challenge', id)
  const begun = await core.commit('begin-sign-in', {
    digest,
    userId,
    ...hashes,
    expiresAtMs: core.clock() + limits.challengeMs,
  })
  if (!begun.ok) return begun
  const steps = begun.value.filter((step) => step !== 'passkey' || core.passkeys.trouble === null)
  return grant({ id, steps, expiresInSeconds: limits.challengeMs / 1000 })
}

/** Begins it unless the account or its password changed while the password was being verified; tells what the second step may be. */
export async function commitBeginSignIn(
  { store }: Transaction,
  question: Hashes & { digest: string; userId: UserId; expiresAtMs: number },
): Promise<Outcome<readonly SecondStep[], 'wrong_credentials'>> {
  const { digest, userId, verifiedHash, renewedHash, expiresAtMs } = question
  const user = await store.users.byId(userId)
  if (user?.status !== 'active' || (await store.credentials.passwordHash(userId)) !== verifiedHash)
    return refuse({ code: 'wrong_credentials' })
  if (renewedHash !== null) await store.credentials.renewHash(userId, renewedHash)
  const challenge = { purpose: 'half_sign_in', userId, verifiedHash: renewedHash ?? verifiedHash } as const
  await store.challenges.add(digest, challenge, expiresAtMs)
  const { factors, recoveryCodesLeft } = await store.factors.ofUser(userId)
  const kinds = (['totp', 'passkey'] as const).filter((kind) =>
    factors.some((factor) => factor.kind === kind && factor.confirmedAtMs !== null),
  )
  return grant(recoveryCodesLeft > 0 ? [...kinds, 'recovery_code'] : kinds)
}
