import { letterWriter } from '../adapters/mail/letters.ts'
import { openSmtp, type Sender, type Smtp } from '../adapters/mail/smtp.ts'
import type { LinkTokens } from '../core/links/ports.ts'
import type { Post } from '../core/mail/ports.ts'
import type { Settings } from './settings.ts'

type PostSettings = Pick<Settings, 'production' | 'publicUrl' | 'smtp' | 'mailFrom'>

/** Carries mail by the operator's mail server; without one, development has a mailbox, and in production mail waits. */
export function openPost(settings: PostSettings, linkTokens: LinkTokens): Post & { close(): void } {
  const writer = letterWriter({ publicUrl: settings.publicUrl, linkTokens })
  const smtp = smtpOf(settings)
  if (smtp !== null) {
    return {
      ...writer,
      way: 'smtp',
      send: (mail, link, deadline) => smtp.send(mail, writer.write(mail, link), deadline),
      close: smtp.close,
    }
  }
  const way = settings.production ? null : 'mailbox'
  return {
    ...writer,
    way,
    send: () => Promise.resolve(way === null ? { kind: 'given_back' } : { kind: 'sent', via: way }),
    close() {},
  }
}

/** Null where no mail server is named. */
export function smtpOf({ smtp, mailFrom, publicUrl }: PostSettings): Smtp | null {
  const { hostname } = new URL(publicUrl)
  const host = isIpAddress(hostname) ? `[${hostname.replace(/^\[(.*)\]$/, 'IPv6:$1')}]` : hostname
  const sender: Sender = mailFrom ?? { name: 'Roster', address: `no-reply@${host}` }
  return smtp === null ? null : openSmtp(smtp, { sender, host })
}

/** Of the host of a URL, where numbers have one form only. */
function isIpAddress(hostname: string): boolean {
  return /^\[.*\]$|^\d+\.\d+\.\d+\.\d+$/.test(hostname)
}
