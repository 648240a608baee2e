import type { Link } from '../links/link.ts'
import type { Core } from '../ports.ts'
import type { Delivery, Mail } from './mail.ts'

/** Sends a mail that was taken up, unless its link has come to nothing in the meantime. What came of it is yet to be settled. */
export async function deliverMail(
  core: Pick<Core, 'clock' | 'directory' | 'post'>,
  mail: Mail,
  deadline: AbortSignal,
): Promise<Delivery> {
  const link = 'link' in mail.message ? await core.directory.links.byId(mail.message.link) : null
  if ('link' in mail.message && !stands(link, core.clock())) {
    return { kind: 'failed', failure: 'link_over', isFinal: true, isGeneral: false }
  }
  return core.post.send(mail, link, deadline)
}

export function stands(link: Link | null, nowMs: number): boolean {
  return link !== null && link.endedAtMs === null && nowMs < link.expiresAtMs
}
