import { once } from 'node:events'
import { Socket } from 'node:net'
import pg from 'pg'
import { connectionSettings } from './connections.ts'
import { channels, type Reference, writeAcknowledgements, writeBeat } from './notice-texts.ts'
import { monotonicMs } from './roll-call.ts'

const beatEveryMs = 100
/** A beat that comes back later than these is too old to be worth anything. */
const beatsRemembered = 10
const connectMsMax = 3_000
/** A connection that does not answer for so long is taken for dead. */
const silenceMsMax = 2_000

/** When a beat was sent, by both clocks. */
export interface Sent {
  readonly beat: number
  readonly sentAtMs: number
  readonly sentOn: number
}

export const noLease: Sent = { beat: 0, sentAtMs: Number.NEGATIVE_INFINITY, sentOn: Number.NEGATIVE_INFINITY }

/** One unbroken connection that listens, and speaks one question at a time. */
export interface Stream {
  startBeating(): void
  /** The own beat of that number, which came back; null when it is not one of the last few. */
  cameBack(beat: number): Sent | null
  /** Those that come together are said together. */
  acknowledge(change: Reference): void
  sayFarewell(): Promise<void>
  close(): void
}

export function openStream(node: string, { client, destroy }: ListeningConnection): Stream {
  const unacknowledged: Reference[] = []
  const sent: Sent[] = []
  let beats = 0
  let due: 'beat' | 'farewell' | null = null
  let pulse: NodeJS.Timeout | undefined
  let turn = Promise.resolve()

  /** Resolves when all that there was to say is said. */
  function speak(): Promise<void> {
    turn = turn.then(sayEverything).catch(destroy)
    return turn
  }

  async function sayEverything(): Promise<void> {
    for (const values of nextWords()) {
      await client.query({ name: 'notify', text: 'select pg_notify($1, $2)', values })
    }
  }

  function nextWords(): [channel: string, payload: string][] {
    const heard = writeAcknowledgements(node, unacknowledged.splice(0))
    const words = heard.map((payload): [string, string] => [channels.acknowledgements, payload])
    if (due !== null) words.push([channels.beats, writeBeat({ node, beat: due === 'beat' ? nextBeat() : due })])
    due = null
    return words
  }

  function nextBeat(): number {
    beats += 1
    sent.push({ beat: beats, sentAtMs: monotonicMs(), sentOn: Date.now() })
    if (sent.length > beatsRemembered) sent.shift()
    return beats
  }

  function beatOnce(): void {
    due ??= 'beat'
    void speak()
  }

  return {
    startBeating() {
      pulse ??= setInterval(beatOnce, beatEveryMs)
      beatOnce()
    },
    cameBack: (beat) => sent.find((one) => one.beat === beat) ?? null,
    acknowledge(change) {
      unacknowledged.push(change)
      void speak()
    },
    async sayFarewell() {
      clearInterval(pulse)
      const patience = setTimeout(destroy, silenceMsMax)
      due = 'farewell'
      await speak()
      await client.end()
      clearTimeout(patience)
    },
    close: () => clearInterval(pulse),
  }
}

export interface ListeningConnection {
  readonly client: pg.Client
  readonly ended: Promise<unknown>
  /** Without a farewell, for when nobody answers. */
  destroy(): void
}

export function connectToListen(url: string): ListeningConnection {
  const socket = new Socket()
  const client = new pg.Client({
    ...connectionSettings(url),
    application_name: 'roster notices',
    connectionTimeoutMillis: connectMsMax,
    query_timeout: silenceMsMax,
    stream: () => socket,
  })
  client.on('error', () => {})
  const ended = once(client, 'end')
  ended.catch(() => {})
  return { client, ended, destroy: () => socket.destroy() }
}
