import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** One request, as bytes, that can be sent again and again. */
export interface Shot {
  readonly bytes: Buffer
  /** What its answer must be, one of these, or the figures mean nothing. */
  readonly statuses: readonly number[]
}

export interface Figures {
  readonly requests: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface Load {
  readonly connections: number
  readonly seconds: number
  /** Ends it sooner. */
  readonly until?: AbortSignal
  /** How long each caller rests after an answer; not at all unless told. */
  readonly pauseMs?: number
  /** All callers together ask this often, and a request counts from when it was due; as often as they can unless told. */
  readonly perSecond?: number
  /** Whether callers look for answers again and again in place of sleeping: see `stayAwake`. */
  readonly awake?: boolean
}

export function shot(
  method: string,
  path: string,
  {
    token,
    headers = {},
    body,
    statuses = [200],
  }: { token?: string; headers?: Record<string, string>; body?: string; statuses?: readonly number[] },
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
  return { bytes: Buffer.from([`${method} ${path} HTTP/1.1`, ...head, '', body ?? ''].join('\r\n')), statuses }
}

/** Callers who each ask, wait for the answer and ask again. `next` chooses what is asked. */
export async function load(
  port: number,
  next: () => Shot,
  { connections, seconds, until, pauseMs = 0, perSecond, awake = false }: Load,
): Promise<Figures & { readonly byStatus: ReadonlyMap<number, Figures> }> {
  const took = new Map<number, number[]>()
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  let asked = 0
  const wake = awake ? stayAwake() : null
  await Promise.all(Array.from({ length: connections }, call))
  wake?.stop()
  const lastedSeconds = (performance.now() - startedAt) / 1000
  const byStatus = new Map([...took].map(([status, some]) => [status, figuresOf(some, lastedSeconds)]))
  return { ...figuresOf([...took.values()].flat(), lastedSeconds), byStatus }

  async function call(): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const answers = answersOf(socket)
    for (;;) {
      const dueAt = perSecond === undefined ? performance.now() : startedAt + (asked * 1000) / perSecond
      if (dueAt >= endsAt || until?.aborted) break
      asked += 1
      if (dueAt > performance.now()) await delay(dueAt - performance.now())
      const { bytes, statuses } = next()
      // A timer may go off early.
      const since = Math.min(dueAt, performance.now())
      socket.write(bytes)
      const status = await answers.next()
      if (!statuses.includes(status)) throw new Error(`answered ${status}: ${bytes.toString().slice(0, 200)}`)
      const known = took.get(status)
      const ms = performance.now() - since
      if (known === undefined) took.set(status, [ms])
      else known.push(ms)
      if (pauseMs > 0) await delay(pauseMs)
    }
    socket.destroy()
  }
}

/**
 * Who answers a caller that sleeps pays for waking it, which on a virtual machine costs as much as the answer; a caller that is behind never sleeps.
 * Callers that look again and again are never asleep, so a slow server and a quick one are asked under equal terms.
 */
function stayAwake(): { stop(): void } {
  let isOver = false
  const look = () => {
    if (!isOver) setImmediate(look)
  }
  look()
  return {
    stop: () => {
      isOver = true
    },
  }
}

function figuresOf(took: readonly number[], lastedSeconds: number): Figures {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { requests: took.length, perSecond: took.length / lastedSeconds, p50Ms: at(0.5), p99Ms: at(0.99) }
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
