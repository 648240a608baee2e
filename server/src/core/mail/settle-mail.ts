import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import type { Delivery, Mail, MailState } from './mail.ts'

export interface Settling {
  readonly mail: Pick<Mail, 'id' | 'attempts' | 'triedUntilMs' | 'failure'>
  readonly delivery: Delivery
  /** From 0 to 1: spreads attempts, so that mails that failed together do not come back together. */
  readonly chance: number
}

/** Writes down what came of a mail that was taken up: it is sent, waits for another attempt, or is dead. */
export async function commitSettleMail(
  { store, nowMs }: Transaction,
  { mail, delivery, chance }: Settling,
): Promise<Outcome<{ state: MailState }, never>> {
  if (delivery.kind === 'sent') {
    await store.mail.sent(mail.id, delivery.via, nowMs)
    return grant({ state: 'sent' })
  }
  if (delivery.kind === 'given_back') {
    await store.mail.putOff(mail, nowMs, mail.failure)
    return grant({ state: 'waiting' })
  }
  const { failure, isFinal } = delivery
  const dueAtMs = nowMs + pauseAfter(mail.attempts, chance)
  if (isFinal || dueAtMs >= mail.triedUntilMs) {
    const isDead = await store.mail.bury(mail, failure, nowMs)
    return grant({ state: isDead ? 'dead' : 'waiting' })
  }
  await store.mail.putOff(mail, dueAtMs, failure)
  return grant({ state: 'waiting' })
}

/** Twice as long after each attempt, give or take a fifth. */
export function pauseAfter(attempts: number, chance: number): number {
  const doubled = limits.mailPauseMsMin * 2 ** Math.max(0, attempts - 1)
  return Math.round(Math.min(doubled, limits.mailPauseMsMax) * (0.8 + 0.4 * chance))
}
