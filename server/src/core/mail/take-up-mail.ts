import { limits } from '../limits.ts'
import { type Granted, grant } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { Mail } from './mail.ts'

/**
 * Takes up mail that is due, at most `room`: whoever asks has it to themselves for `limits.mailLeaseMs`, from the beginning of this call.
 * What has waited for too long is given up instead, and counted as late.
 */
export async function commitTakeUpMail(
  { store, nowMs }: Transaction,
  { room }: { room: number },
): Promise<Granted<{ mails: readonly Mail[]; late: number }>> {
  const taken = await store.mail.takeUp({ nowMs, untilMs: nowMs + limits.mailLeaseMs, limit: room })
  const mails = taken.filter(({ triedUntilMs }) => nowMs < triedUntilMs)
  const late = taken.filter((mail) => !mails.includes(mail))
  for (const mail of late) await store.mail.bury(mail, mail.failure ?? 'too_late', nowMs)
  return grant({ mails, late: late.length })
}
