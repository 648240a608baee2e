import { connect, type Socket } from 'node:net'

/** One request, as bytes, that can be sent again and again. */
export interface Shot {
  readonly bytes: Buffer
  /** What its answer must be, or the figures mean nothing. */
  readonly status: number
}

export interface Figures {
  readonly requests: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export function shot(
  method: string,
  path: string,
  {
    token,
    headers = {},
    body,
    status = 200,
  }: { token?: string; headers?: Record<string, string>; body?: string; status?: number },
): Shot {
  const fields = {
    host: '127.0.0.1',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  return { bytes: Buffer.from([`${method} ${path} HTTP/1.1`, ...head, '', body ?? ''].join('\r\n')), status }
}

/** `connections` callers who each ask, wait for the answer and ask again, for `seconds`. `next` chooses what is asked. */
export async function load(
  port: number,
  next: () => Shot,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Figures> {
  const took: number[] = []
  const endsAt = performance.now() + seconds * 1000
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: connections }, () => askUntil(port, next, endsAt, took)))
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  const perSecond = took.length / ((performance.now() - startedAt) / 1000)
  return { requests: took.length, perSecond, p50Ms: at(0.5), p99Ms: at(0.99) }
}

async function askUntil(port: number, next: () => Shot, endsAt: number, took: number[]): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const answers = answersOf(socket)
  while (performance.now() < endsAt) {
    const { bytes, status } = next()
    const askedAt = performance.now()
    socket.write(bytes)
    const answered = await answers.next()
    if (answered !== status)
      throw new Error(`answered ${answered} in place of ${status}: ${bytes.toString().slice(0, 200)}`)
    took.push(performance.now() - askedAt)
  }
  socket.destroy()
}

/** Reads just as much HTTP as our own servers speak: a head, and a body of a length that the head names. */
function answersOf(socket: Socket): { next(): Promise<number> } {
  let held = Buffer.alloc(0)
  let waiting: PromiseWithResolvers<number> | null = null

  const settle = () => {
    const end = held.indexOf('\r\n\r\n')
    if (waiting === null || end === -1) return
    const head = held.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (held.length < end + 4 + length) return
    held = held.subarray(end + 4 + length)
    const { resolve } = waiting
    waiting = null
    resolve(Number(head.slice(9, 12)))
  }
  socket.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    settle()
  })
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server hung up')))
  return {
    next() {
      waiting = Promise.withResolvers<number>()
      settle()
      return waiting?.promise ?? Promise.reject(new Error('an answer came before its question'))
    },
  }
}
