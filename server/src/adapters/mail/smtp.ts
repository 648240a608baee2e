import type { Transporter } from 'nodemailer'
import { limits } from '../../core/limits.ts'
import type { Delivery, Letter, Mail, MailFailure } from '../../core/mail/mail.ts'

/** A mail server that takes our mail. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /**
   * From the first byte on, or by STARTTLS: then its certificate is verified. Where encryption is not asked for, nobody is asked who they are
   * either.
   */
  readonly encrypted: 'at once' | 'by starttls' | 'where offered'
  readonly login: { readonly user: string; readonly password: string } | null
}

export interface Sender {
  readonly name: string
  readonly address: string
}

export interface Timeouts {
  readonly connectMs: number
  /** Without a byte. A server may look at a message for long before it takes it; whoever gives up too early sends it twice. */
  readonly silenceMs: number
}

export interface Smtp {
  /** Never throws. `deadline` breaks it off. */
  send(mail: Pick<Mail, 'id' | 'to' | 'createdAtMs'>, letter: Letter, deadline: AbortSignal): Promise<Delivery>
  /** Asks whether the server would take mail of ours; null when it would. */
  trouble(): Promise<MailFailure | null>
  close(): void
}

const defaultTimeouts: Timeouts = { connectMs: 15_000, silenceMs: 180_000 }
/** Servers hang up on whoever stays silent; we say goodbye before that. */
const idleMsMax = 15_000

/** The library is loaded for the first mail. `host` is the name of this directory among mail servers. */
export function openSmtp(
  server: SmtpServer,
  { sender, host, timeouts = defaultTimeouts }: { sender: Sender; host: string; timeouts?: Timeouts },
): Smtp {
  let opening: Promise<Transporter> | null = null
  const transporter = () => {
    opening ??= openTransporter(server, host, timeouts)
    return opening
  }
  return {
    async send(mail, letter, deadline) {
      try {
        await (await transporter()).sendMail({ ...messageOf(mail, letter, { sender, host }), signal: deadline })
        return { kind: 'sent', via: 'smtp' }
      } catch (thrown) {
        return deadline.reason === givenBack ? { kind: 'given_back' } : failed(thrown, deadline.aborted)
      }
    },
    async trouble() {
      try {
        await (await transporter()).verify()
        return null
      } catch (thrown) {
        return failureOf(thrown as Trouble)
      }
    },
    close() {
      opening?.then((open) => open.close()).catch(() => {})
    },
  }
}

/** The reason of a deadline that is no fault of the mail server: we are about to stop. */
export const givenBack = new Error('this node is about to stop')

async function openTransporter(server: SmtpServer, name: string, timeouts: Timeouts): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const { host, port, encrypted, login } = server
  const transporter = createTransport({
    pool: true,
    maxConnections: limits.mailUnderWayMax,
    /** Only over a connection that was closed before a byte of the message had been sent. */
    maxRequeues: 1,
    idleTimeout: idleMsMax,
    name,
    host,
    port,
    secure: encrypted === 'at once',
    requireTLS: encrypted === 'by starttls',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: encrypted !== 'where offered' },
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Whoever sends is told; what befalls a connection that nobody uses is no news.
  transporter.on('error', () => {})
  return transporter
}

/**
 * Addresses go in as addresses, never as a text that could name several. The id is the same with each attempt, so that a mail that comes twice can
 * be recognised; nothing answers such mail by itself (RFC 3834, section 5).
 */
function messageOf(
  { id, to, createdAtMs }: Pick<Mail, 'id' | 'to' | 'createdAtMs'>,
  { subject, text, html }: Letter,
  { sender, host }: { sender: Sender; host: string },
) {
  return {
    from: sender,
    to: { name: '', address: to },
    messageId: `<${id}@${host}>`,
    date: new Date(createdAtMs),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    subject,
    text,
    html,
  }
}

/** As much as we look at of what the library throws. Its message and `response` quote the server, and are kept nowhere. */
interface Trouble {
  readonly code?: string
  /** Node's own, where the library has put one of its own in its place. */
  readonly originalCode?: string
  readonly command?: string
  readonly responseCode?: number
  readonly response?: string
}

function failed(thrown: unknown, isLate: boolean): Delivery {
  const trouble = thrown as Trouble
  const failure = isLate ? 'timeout' : failureOf(trouble)
  return { kind: 'failed', failure, isFinal: isRefusedRecipient(trouble), isGeneral: !isAboutMail(trouble) }
}

function failureOf({ code, originalCode, responseCode }: Trouble): MailFailure {
  const isAnswer = responseCode !== undefined && responseCode >= 400 && responseCode <= 599
  if (isAnswer && code !== 'EAUTH' && code !== 'ETLS') return `smtp_${responseCode}`
  if (/CERT|SSL|TLS|SIGNED|SIGNATURE/.test(originalCode ?? '')) return 'no_tls'
  return failures[code ?? ''] ?? 'not_sent'
}

const failures: Readonly<Record<string, MailFailure>> = {
  ECONNECTION: 'no_connection',
  ESOCKET: 'no_connection',
  EDNS: 'no_connection',
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
  ETLS: 'no_tls',
  EAUTH: 'sign_in_refused',
  ENOAUTH: 'sign_in_refused',
}

/** The server heard the recipient or the message and said no to that. */
function isAboutMail({ command, responseCode }: Trouble): boolean {
  return responseCode !== 421 && (command === 'RCPT TO' || command === 'DATA')
}

/** No address at all, no such mailbox, not here, full, no such name, or a domain without mail (RFC 5321, section 4.2.3, and RFC 7504). */
const finalCodes: ReadonlySet<number> = new Set([501, 550, 551, 552, 553, 556])

/**
 * Whether the recipient will never get it. An enhanced code 5.7 (RFC 3463) is about policy, as when a server takes no mail of ours at all: that is
 * put right by whoever runs us, and the mail is worth another attempt. So is everything else that servers refuse.
 */
function isRefusedRecipient(trouble: Trouble): boolean {
  const { responseCode = 0, response = '' } = trouble
  return isAboutMail(trouble) && finalCodes.has(responseCode) && !/^\d{3}[ -]5\.7\./.test(response)
}
