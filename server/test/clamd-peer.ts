import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** Stands in for clamd on a port of its own: it takes files as clamd does, and answers as it is told to. */
export interface ClamdPeer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Every file that came whole. */
  readonly files: Buffer[]
  /** What to do once a file is here; may be changed at any time. */
  answer: (socket: Socket, file: Buffer) => void
  /** What to do with the first bytes of a connection, in place of reading on. */
  meet: ((socket: Socket) => void) | null
}

export const says = (text: string) => (socket: Socket) => void socket.end(text)
export const clean = says('stream: OK\0')

export async function openClamdPeer(): Promise<ClamdPeer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    let heard = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      if (peer.meet !== null) return peer.meet(socket)
      heard = Buffer.concat([heard, bytes])
      if (heard.equals(Buffer.from('zPING\0'))) return void socket.end('PONG\0')
      const file = fileIn(heard)
      if (file === null) return
      peer.files.push(file)
      peer.answer(socket, file)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const peer: ClamdPeer = {
    url: `tcp://127.0.0.1:${port}`,
    port,
    files: [],
    answer: clean,
    meet: null,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
  return peer
}

const command = Buffer.from('zINSTREAM\0')

/** Null until the chunk without bytes is here, behind which there is nothing. */
function fileIn(heard: Buffer): Buffer | null {
  if (heard.length < command.length || !heard.subarray(0, command.length).equals(command)) return null
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at)
    if (length === 0) return at + 4 === heard.length ? Buffer.concat(chunks) : null
    chunks.push(heard.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}
