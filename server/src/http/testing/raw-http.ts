import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

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

/** Until the other side closes, or has been silent for a while after it began to speak. */
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
      timer = setTimeout(finish, silenceMs)
    })
    socket.on('close', finish)
  })
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
