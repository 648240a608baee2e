import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const brokenOffMs = 2_000

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Everything that came. */
  readonly text: string
}

/** Writes the pieces as they are, one after the other, and reads until the server hangs up or says no more for a while. */
export async function exchange(port: number, ...pieces: readonly string[]): Promise<RawAnswer> {
  const socket = await dial(port)
  const received = collect(socket)
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await pause(20)
    if (socket.writable) socket.write(Buffer.from(piece, 'latin1'))
  }
  const text = await received
  return readAnswer(text)
}

export async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

/** Until the other side closes, or is silent for a while after whole answers, and for longer in the middle of one. */
export function collect(socket: Socket, silenceMs = 80): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    let timer: NodeJS.Timeout | undefined
    const finish = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(text)
    }
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1')
      clearTimeout(timer)
      timer = setTimeout(finish, areWhole(text) ? silenceMs : Math.max(silenceMs, brokenOffMs))
    })
    socket.on('close', finish)
  })
}

/** Whether the last of the answers is as long as it says. One to HEAD is not. */
function areWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n') + 4
  if (headEnd < 4) return false
  const head = text.slice(0, headEnd)
  if (head.startsWith('HTTP/1.1 1')) return areWhole(text.slice(headEnd))
  if (/^transfer-encoding/im.test(head)) return text.endsWith('0\r\n\r\n')
  const end = headEnd + Number(/^content-length: (\d+)\r$/im.exec(head)?.[1] ?? 0)
  return text.length > end ? areWhole(text.slice(end)) : text.length === end
}

export function readAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...fields] = head.split('\r\n')
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
    }),
  )
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString(),
    text,
  }
}
