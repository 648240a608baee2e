import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { Challenge } from './challenge.ts'

/** Spends what was begun, for whoever comes first. */
export async function commitTakeChallenge(
  { store, nowMs }: Transaction,
  { digest, purpose }: { digest: string; purpose: Challenge['purpose'] },
): Promise<Outcome<Challenge, 'challenge_over'>> {
  const challenge = await store.challenges.take(digest, nowMs)
  return challenge?.purpose === purpose ? grant(challenge) : refuse({ code: 'challenge_over' })
}
