import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { UserId } from '../../../core/users/user.ts'
import { DatabaseUnavailable } from '../engine.ts'
import { connectionSettings } from './connections.ts'
import {
  channels,
  type Reference,
  readAcknowledgement,
  readBeat,
  readChange,
  type Who,
  writeAcknowledgements,
  writeBeat,
  writeChanges,
} from './notice-texts.ts'
import { type Expectation, leaseMs, monotonicMs, openRollCall } from './roll-call.ts'

const beatEveryMs = 100
/** A connection that has not answered for so long is taken for dead. */
const silenceMsMax = 2_000
const reconnectMsMin = 100
const reconnectMsMax = 1_000
const connectMsMax = 3_000
/** A beat that comes back later than these is too old to be worth anything. */
const beatsRemembered = 10

/** What one node says to the others and hears from them. */
export interface Notices {
  /**
   * Whether every change that had been answered anywhere half a second ago, and every one that is answered from now on, is known here:
   * a beat that was sent less than `leaseMs` ago came back. By the steady clock and by the calendar, because the steady one stands still
   * while a machine sleeps.
   */
  trusted(): boolean
  /** For a commit that revokes: what to notify inside its transaction, and the wait after it. */
  announce(ids: readonly UserId[]): Announcement
  /** Resolves once this node hears what others say; rejects when the first connection fails. */
  listening(): Promise<void>
  /** Begins to send beats, and resolves once one came back. `first`: no node had sent any when this one began to listen. */
  begin(first: boolean): Promise<void>
  /** Tells the others not to wait for this node any more. */
  close(): Promise<void>
}

export interface Announcement extends Expectation {
  readonly channel: string
  readonly payloads: readonly string[]
}

export interface NoticesOptions {
  readonly url: string
  /** Hears of changes on other nodes, and of everybody when this node may have missed some. */
  readonly tell: (who: Who) => void
  readonly onTrouble: (error: unknown) => void
}

/** Listens on a connection of its own for as long as it is open, and speaks on the same one. */
export function openNotices({ url, tell, onTrouble }: NoticesOptions): Notices {
  /** A life, not a machine: a restarted node has heard nothing that its former self heard. */
  const node = randomBytes(8).toString('hex')
  const roll = openRollCall()
  const listening = Promise.withResolvers<void>()
  const firstBeat = Promise.withResolvers<void>()
  let noticesWritten = 0
  let lease = noLease
  let stream: Stream | null = null
  let streams = 0
  let hangUp = () => {}
  let beating = false
  let closing = false

  function hear({ channel, payload = '' }: pg.Notification): void {
    if (channel === channels.beats) hearBeat(payload)
    else if (channel === channels.changes) hearChange(payload)
    else hearAcknowledgement(payload)
  }

  function hearBeat(payload: string): void {
    const said = readBeat(payload)
    if (said === null) return
    if (said.beat === 'farewell') roll.gone(said.node)
    else if (said.node !== node) roll.present(said.node)
    else if (!closing) {
      lease = stream?.cameBack(said.beat) ?? lease
      firstBeat.resolve()
    }
  }

  /** An own change that nobody waits for was given up for lost, and took place after all. */
  function hearChange(payload: string): void {
    const change = readChange(payload)
    if (change === null) return
    if (change.node === node) {
      if (!roll.heardOwn(change.notice)) tell(change.who)
      return
    }
    tell(change.who)
    if (change.remaining === 0) stream?.acknowledge(change)
  }

  function hearAcknowledgement(payload: string): void {
    const heard = readAcknowledgement(payload, node)
    if (heard === null || heard.node === node) return
    for (const notice of heard.notices) roll.acknowledged(notice, heard.node)
  }

  /** What was said while nobody listened is lost, so whoever starts to listen forgets everybody. */
  async function listenUntilLost(): Promise<void> {
    const connection = connect(url)
    hangUp = connection.destroy
    connection.client.on('notification', hear)
    try {
      await connection.client.connect()
      for (const channel of Object.values(channels)) await connection.client.query(`listen ${channel}`)
      if (closing) return
      stream = openStream(node, connection)
      streams += 1
      roll.begin()
      tell('everybody')
      if (beating) stream.startBeating()
      listening.resolve()
      await connection.ended
    } finally {
      stream?.close()
      stream = null
      lease = noLease
      connection.destroy()
    }
  }

  async function listen(): Promise<void> {
    let pauseMs = reconnectMsMin
    while (!closing) {
      const beganAt = monotonicMs()
      await listenUntilLost().catch(complain)
      if (closing) return
      pauseMs = monotonicMs() - beganAt > reconnectMsMax ? reconnectMsMin : Math.min(pauseMs * 2, reconnectMsMax)
      await sleep(pauseMs * (0.5 + Math.random() / 2))
    }
  }

  function complain(cause: unknown): void {
    if (closing) return
    const trouble = new DatabaseUnavailable('the connection for notices failed', { cause })
    listening.reject(trouble)
    firstBeat.reject(trouble)
    onTrouble(trouble)
  }

  for (const { promise } of [listening, firstBeat]) promise.catch(() => {})
  void listen()

  return {
    trusted() {
      const now = Date.now()
      return monotonicMs() - lease.sentAtMs < leaseMs && now - lease.sentOn < leaseMs && now >= lease.sentOn
    },
    announce(ids) {
      noticesWritten += 1
      const payloads = writeChanges(node, noticesWritten, ids)
      return { channel: channels.changes, payloads, ...roll.expect(noticesWritten) }
    },
    listening: () => listening.promise,
    begin(first) {
      if (first && streams === 1) roll.alone()
      beating = true
      stream?.startBeating()
      return firstBeat.promise
    },
    async close() {
      closing = true
      lease = noLease
      if (stream === null) hangUp()
      else await stream.sayFarewell()
    },
  }
}

/** When a beat was sent, by both clocks. */
interface Sent {
  readonly beat: number
  readonly sentAtMs: number
  readonly sentOn: number
}

const noLease: Sent = { beat: 0, sentAtMs: Number.NEGATIVE_INFINITY, sentOn: Number.NEGATIVE_INFINITY }

interface Stream {
  startBeating(): void
  /** The beat of that number, which came back; null when it is not one of the last few. */
  cameBack(beat: number): Sent | null
  acknowledge(change: Reference): void
  sayFarewell(): Promise<void>
  close(): void
}

/** The speaking half of a connection that listens: one question at a time, acknowledgements together. */
function openStream(node: string, { client, destroy }: ListeningConnection): Stream {
  const unacknowledged: Reference[] = []
  const sent: Sent[] = []
  let beats = 0
  let due: 'beat' | 'farewell' | null = null
  let pulse: NodeJS.Timeout | undefined
  let speaking: Promise<void> | null = null

  /** Says all there is to say, and what comes up meanwhile. */
  function speak(): Promise<void> {
    speaking ??= sayEverything()
      .catch(destroy)
      .finally(() => {
        speaking = null
      })
    return speaking
  }

  async function sayEverything(): Promise<void> {
    for (let words = nextWords(); words.length > 0; words = nextWords()) {
      for (const values of words) {
        await client.query({ name: 'notify', text: 'select pg_notify($1, $2)', values })
      }
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

interface ListeningConnection {
  readonly client: pg.Client
  readonly ended: Promise<unknown>
  /** Without a farewell, for when nobody answers. */
  destroy(): void
}

function connect(url: string): ListeningConnection {
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
