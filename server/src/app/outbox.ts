import { setTimeout as sleep } from 'node:timers/promises'
import { givenBack } from '../adapters/mail/smtp.ts'
import { limits } from '../core/limits.ts'
import { deliverMail } from '../core/mail/deliver-mail.ts'
import type { Delivery, Mail, MailState } from '../core/mail/mail.ts'
import type { Core } from '../core/ports.ts'
import type { OpenDirectory } from './directory.ts'
import type { Log } from './log.ts'

/** How long mail may wait that another process has left. */
const pollMs = 1_000
/** Until mail of our own is looked for: several are taken up at once, and no answer waits for the work that its mail makes. */
const nudgeMs = 50
/** When nothing can be sent at all, the server is left alone for so long, and then for twice as long each time. */
const restMsMin = 1_000
const restMsMax = 60_000
/** What was sent and cannot be written down would be sent again. */
const settlingTriesMax = 8
const settlingPauseMs = 250

export interface Outbox {
  /** Of this node, since it started. */
  readonly figures: { readonly sent: number; readonly failed: number }
  /** Takes up no more, lets what is under way finish, and gives back what does not. */
  close(graceSeconds: number): Promise<void>
}

interface Office {
  readonly core: Core
  readonly log: Log
  readonly underWay: Set<Promise<void>>
  readonly ending: AbortController
  readonly figures: { sent: number; failed: number }
  /** When the server was found to take nothing at all. */
  restMs: number
  restsUntilMs: number
  closing: boolean
}

/** Sends what waits, a few at a time, as long as the node runs. */
export function startOutbox({ core, engine }: Pick<OpenDirectory, 'core' | 'engine'>, log: Log): Outbox {
  const office: Office = {
    core,
    log,
    underWay: new Set(),
    ending: new AbortController(),
    figures: { sent: 0, failed: 0 },
    restMs: 0,
    restsUntilMs: 0,
    closing: false,
  }
  const { figures } = office
  if (core.post.way === null) {
    log.warn('mail-waits', { code: 'SMTP_URL' })
    return { figures, close: () => Promise.resolve() }
  }
  const bell = openBell()
  engine.onMail(() => bell.ringIn(nudgeMs))
  const running = run()

  async function run(): Promise<void> {
    if (!engine.isShared) await reclaim(office)
    while (!office.closing) {
      const isDone = await takeUp(office, bell).catch((fault: unknown) => {
        log.error('outbox-failed', { fault })
        return true
      })
      if (isDone && !office.closing) await bell.heard(pollMs)
    }
  }

  return {
    figures,
    async close(graceSeconds) {
      office.closing = true
      bell.ringIn(0)
      const stop = setTimeout(() => office.ending.abort(givenBack), graceSeconds * 1000)
      await running
      await Promise.all(office.underWay)
      clearTimeout(stop)
    },
  }
}

/** Whoever has the directory alone and has just begun knows that nobody has mail in hand. */
async function reclaim({ core, log }: Office): Promise<void> {
  await core.commit('reclaim-mail', {}).catch((fault: unknown) => log.error('outbox-failed', { fault }))
}

/** Answers whether all that is due has been taken up, or nothing more can be. */
async function takeUp(office: Office, bell: Bell): Promise<boolean> {
  const { core, log, underWay, ending } = office
  const room = limits.mailUnderWayMax - underWay.size
  if (room === 0 || performance.now() < office.restsUntilMs) return true
  if (!(await core.directory.mail.isAnyDue(core.clock()))) return true
  // Begins before the lease does, so that it ends before that is over.
  const deadline = AbortSignal.any([AbortSignal.timeout(limits.mailSendingMsMax), ending.signal])
  const { mails, late } = (await core.commit('take-up-mail', { room })).value
  for (const mail of mails) {
    const delivery: Promise<void> = deliver(office, mail, deadline)
      .catch((fault: unknown) => log.error('mail-left-to-its-lease', { userId: mail.userId, fault }))
      .finally(() => {
        underWay.delete(delivery)
        bell.ringIn(0)
      })
    underWay.add(delivery)
  }
  return mails.length + late === 0
}

async function deliver(office: Office, mail: Mail, deadline: AbortSignal): Promise<void> {
  const { core, log } = office
  const delivery = await deliverMail(core, mail, deadline)
  heed(office, delivery)
  const settled = await settle(office, mail, delivery)
  if (delivery.kind !== 'failed') return
  const told = { userId: mail.userId, code: delivery.failure }
  if (delivery.failure === 'link_over') log.info('mail-not-needed', told)
  else if (settled === 'dead') log.error('mail-given-up', told)
  else log.warn('mail-not-taken', told)
}

async function settle(office: Office, mail: Mail, delivery: Delivery): Promise<MailState> {
  for (let tries = 1; ; tries += 1) {
    try {
      const settled = await office.core.commit('settle-mail', { mail, delivery, chance: Math.random() })
      return settled.ok ? settled.value.state : mail.state
    } catch (fault) {
      if (tries === settlingTriesMax || office.closing) throw fault
      await sleep(settlingPauseMs * 2 ** (tries - 1))
    }
  }
}

/** Counts, and lets the server rest when it is not this mail that it does not take. */
function heed(office: Office, delivery: Delivery): void {
  const isAttempt = delivery.kind === 'sent' || (delivery.kind === 'failed' && delivery.failure !== 'link_over')
  if (!isAttempt) return
  if (delivery.kind === 'sent') office.figures.sent += 1
  else office.figures.failed += 1
  const isDown = delivery.kind === 'failed' && delivery.isGeneral
  if (!isDown) {
    office.restMs = 0
    office.restsUntilMs = 0
  } else if (performance.now() >= office.restsUntilMs) {
    office.restMs = Math.min(Math.max(restMsMin, office.restMs * 2), restMsMax)
    office.restsUntilMs = performance.now() + office.restMs
  }
}

interface Bell {
  ringIn(ms: number): void
  /** Resolves when it rings, at the latest after so long. */
  heard(msMax: number): Promise<void>
}

function openBell(): Bell {
  let ring: (() => void) | null = null
  let rungMeanwhile = false
  let pending: NodeJS.Timeout | null = null
  const now = () => {
    pending = null
    if (ring === null) rungMeanwhile = true
    else ring()
  }
  return {
    ringIn(ms) {
      if (pending !== null && ms > 0) return
      if (pending !== null) clearTimeout(pending)
      pending = setTimeout(now, ms)
    },
    async heard(msMax) {
      if (!rungMeanwhile) {
        const heard = Promise.withResolvers<void>()
        ring = heard.resolve
        const late = setTimeout(heard.resolve, msMax).unref()
        await heard.promise
        clearTimeout(late)
        ring = null
      }
      rungMeanwhile = false
    },
  }
}
