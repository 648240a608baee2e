import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseId } from '../users/names.ts'
import { stands } from './deliver-mail.ts'
import type { Mail, MailId, MailShown } from './mail.ts'

/** Has a dead mail tried again, for as long as a new one. */
export async function retryMail(
  core: Pick<Core, 'commit' | 'post'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<MailShown, 'not_allowed' | 'invalid' | 'mail_not_found' | 'mail_not_retriable'>> {
  if (!may(actor, 'mail:manage')) return refuse({ code: 'not_allowed', needs: 'mail:manage' })
  const id = parseId<MailId>(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const retried = await core.commit('retry-mail', { actor, id: id.value })
  return retried.ok ? grant({ ...retried.value, subject: core.post.subject(retried.value) }) : retried
}

export async function commitRetryMail(
  transaction: Transaction,
  { actor, id }: { actor: Actor; id: MailId },
): Promise<Outcome<Mail, 'mail_not_found' | 'mail_not_retriable'>> {
  const { store, nowMs } = transaction
  const mail = await store.mail.byId(id)
  if (mail === null) return refuse({ code: 'mail_not_found', wanted: id })
  if (mail.state !== 'dead') return refuse({ code: 'mail_not_retriable', because: 'not_dead' })
  const link = 'link' in mail.message ? await store.links.byId(mail.message.link) : null
  if ('link' in mail.message && !stands(link, nowMs)) {
    return refuse({ code: 'mail_not_retriable', because: 'link_over' })
  }
  const revived: Mail = {
    ...mail,
    state: 'waiting',
    dueAtMs: nowMs,
    triedUntilMs: nowMs + limits.mailTriedForMs,
    attempts: 0,
    settledAtMs: null,
  }
  await store.mail.revive(revived)
  await record(transaction, actor, mail.userId, 'mail_retried')
  return grant(revived)
}
