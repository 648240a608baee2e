import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import type { Parsed } from '../users/text.ts'
import { type MailShown, type MailState, mailStates } from './mail.ts'

export interface MailValues extends PageValues {
  state: string
}

/** The outbox, newest first. */
export async function listMail(
  core: Pick<Core, 'directory' | 'post'>,
  actor: Actor,
  form: Form<MailValues>,
): Promise<Outcome<Page<MailShown>, 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'mail:manage')) return refuse({ code: 'not_allowed', needs: 'mail:manage' })
  const reading = startReading(form.faults)
  const { page, limit } = readPage(form.values, reading, limits.mailPageSizeDefault)
  const state = reading.read('state', form.values.state, parseState) ?? null
  if (reading.faults.length > 0) return invalid(reading.faults)
  const found = await core.directory.mail.page({ state, offset: (page - 1) * limit, limit })
  const items = found.mails.map((mail) => ({ ...mail, subject: core.post.subject(mail) }))
  return grant({ items, page, limit, total: found.total })
}

function parseState(sent: string): Parsed<MailState> {
  const state = mailStates.find((known) => known === sent)
  return state === undefined ? { flaw: { flaw: 'not_one_of', values: mailStates } } : { value: state }
}
