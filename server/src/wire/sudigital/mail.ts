import { listMail } from '../../core/mail/list-mail.ts'
import type { Letter, MailShown } from '../../core/mail/mail.ts'
import { readMail } from '../../core/mail/read-mail.ts'
import { retryMail } from '../../core/mail/retry-mail.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { instant } from './present.ts'
import { refusals } from './refusals.ts'

export async function outbox({ core, actor, query }: Call): Promise<Answer> {
  const listed = await listMail(core, actor, readQuery(query, ['page', 'limit', 'state']))
  if (!listed.ok) return phrase(refusals, listed.refusal)
  const { items, page, limit, total } = listed.value
  return json(
    200,
    { data: items.map(presentMail), meta: { page, limit, total } },
    { 'cache-control': 'private, no-cache' },
  )
}

export async function oneMail({ core, actor, params }: Call): Promise<Answer> {
  const read = await readMail(core, actor, params.id ?? '')
  if (!read.ok) return phrase(refusals, read.refusal)
  const { mail, letter } = read.value
  return json(200, { data: { ...presentMail(mail), ...(letter === null ? {} : presentLetter(letter)) } })
}

export async function tryAgain({ core, actor, params }: Call): Promise<Answer> {
  const retried = await retryMail(core, actor, params.id ?? '')
  return retried.ok ? json(200, { data: presentMail(retried.value) }) : phrase(refusals, retried.refusal)
}

function presentMail(mail: MailShown) {
  const { id, userId, to, message, subject, state, via, createdAtMs, dueAtMs, attempts, failure, settledAtMs } = mail
  return {
    id,
    userId,
    to,
    kind: message.kind,
    subject,
    state,
    via,
    attempts,
    failure,
    createdAt: instant(createdAtMs),
    dueAt: state === 'waiting' ? instant(dueAtMs) : null,
    settledAt: settledAtMs === null ? null : instant(settledAtMs),
  }
}

function presentLetter({ text, html }: Letter) {
  return { text, html }
}
