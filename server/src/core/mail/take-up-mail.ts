import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { Mail } from './mail.ts'

/**
 * Takes up mail that is due, at most `room`: whoever asks has it to themselves for `limits.mailLeaseMs`, from the beginning of this call.
 * What has waited for too long is given up instead.
 */
export async function commitTakeUpMail(
  { store, nowMs }: Transaction,
  { room }: { room: number },
): Promise<Outcome<readonly Mail[], never>> {
  const taken = await store.mail.takeUp({ nowMs, untilMs: nowMs + limits.mailLeaseMs, limit: room })
  const isLate = ({ triedUntilMs }: Mail) => nowMs >= triedUntilMs
  for (const mail of taken.filter(isLate)) await store.mail.bury(mail, mail.failure ?? 'too_late', nowMs)
  return grant(taken.filter((mail) => !isLate(mail)))
}
