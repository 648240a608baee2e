import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

/** A mail that a mail server has taken. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  /** As it came: CR LF and all. */
  readonly raw: string
  /** By their names in lower case, unfolded. */
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
  readonly html: string
  /** Whether it came encrypted, and as whom. */
  readonly secure: boolean
  readonly user: string | null
}

/** A real mail server on loopback, which takes what it is sent until it is told otherwise. */
export interface MailServer extends AsyncDisposable {
  readonly port: number
  /** For `SMTP_URL`. */
  readonly url: string
  readonly received: readonly Received[]
  /** How many connections there have been. */
  readonly sessions: number
  /**
   * Asked before a mail is taken: what it throws is the answer, unless it hangs up. `taken` is asked when it has taken a mail and is about to
   * say so.
   */
  readonly answer: Partial<
    Record<'connect' | 'recipient' | 'data' | 'taken', (about: string, hangUp: () => void) => unknown>
  >
  /** Resolves when it has taken so many. */
  until(count: number): Promise<void>
  /** Hangs up on everybody and is not there any more, until it starts again. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** What a mail server says no with. */
export function no(responseCode: number, words = 'no'): Error {
  return Object.assign(new Error(words), { responseCode })
}

export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: Received[] = []
  const answer: MailServer['answer'] = {}
  const waiting = new Set<() => void>()
  let sessions = 0
  let open: SMTPServer | null = null
  let port = 0

  async function start() {
    open = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      closeTimeout: 1,
      ...options,
      onConnect(session, done) {
        sessions += 1
        ask('connect', '', session).then(done, done)
      },
      onRcptTo: ({ address }, session, done) => void ask('recipient', address, session).then(done, done),
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', async () => {
          const raw = Buffer.concat(chunks).toString('utf8')
          try {
            await ask('data', raw, session)
          } catch (error) {
            return done(error as Error)
          }
          const { envelope, secure, user } = session
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
          const to = envelope.rcptTo.map(({ address }) => address)
          received.push({ from, to, ...readMail(raw), secure, user: user || null })
          for (const look of waiting) look()
          await ask('taken', raw, session)
          done(null, 'taken')
        })
      },
    })
    open.on('error', () => {})
    const server = open.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }

  async function ask(what: keyof MailServer['answer'], about: string, session: SMTPServerSession): Promise<null> {
    const hangUp = () => {
      for (const connection of open?.connections ?? []) {
        if (connection.session.id === session.id) connection._socket.destroy()
      }
    }
    await answer[what]?.(about, hangUp)
    return null
  }

  async function stop() {
    const closing = open
    open = null
    if (closing === null) return
    for (const { _socket: socket } of closing.connections) socket?.destroy()
    await new Promise<void>((resolve) => closing.close(resolve))
  }

  await start()
  return {
    get port() {
      return port
    },
    get url() {
      return `smtp://127.0.0.1:${port}`
    },
    get sessions() {
      return sessions
    },
    received,
    answer,
    until(count) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = () => {
        if (received.length < count) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
      return promise
    },
    stop,
    start,
    [Symbol.asyncDispose]: stop,
  }
}

/** As much of MIME as our own mail has: two parts, each in one of three encodings. */
function readMail(raw: string): Pick<Received, 'raw' | 'headers' | 'text' | 'html'> {
  const { headers, body } = readPart(raw)
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '') ?? []
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => readPart(part.replace(/^\r\n|\r\n$/g, '')))
  const of = (type: string) => {
    const part = parts.find((one) => one.headers.get('content-type')?.startsWith(type))
    return part === undefined ? '' : decode(part.body, part.headers.get('content-transfer-encoding') ?? '7bit')
  }
  return { raw, headers, text: of('text/plain'), html: of('text/html') }
}

function readPart(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  const headers = head.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { headers: new Map(headers), body: raw.slice(end + 4) }
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
