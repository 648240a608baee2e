import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseId } from '../users/names.ts'
import type { Letter, Mail, MailId, MailShown } from './mail.ts'

/**
 * `letter` is what a mail in the development mailbox says, link and all; null wherever mail is really sent. A link is good for more than its reader
 * may do otherwise, so it is for admins in person.
 */
export async function readMail(
  core: Pick<Core, 'directory' | 'post'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<{ mail: MailShown; letter: Letter | null }, 'not_allowed' | 'invalid' | 'mail_not_found'>> {
  if (!may(actor, 'mail:manage')) return refuse({ code: 'not_allowed', needs: 'mail:manage' })
  const id = parseId<MailId>(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const mail = await core.directory.mail.byId(id.value)
  if (mail === null) return refuse({ code: 'mail_not_found', wanted })
  return grant({
    mail: { ...mail, subject: core.post.subject(mail) },
    letter: isInPerson(actor) ? await letterOf(core, mail) : null,
  })
}

async function letterOf(core: Pick<Core, 'directory' | 'post'>, mail: Mail): Promise<Letter | null> {
  if (core.post.way !== 'mailbox' || mail.via !== 'mailbox') return null
  if (!('link' in mail.message)) return core.post.write(mail, null)
  const link = await core.directory.links.byId(mail.message.link)
  return link === null ? null : core.post.write(mail, link)
}
