import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { UserId } from '../../../core/users/user.ts'
import { DatabaseUnavailable } from '../engine.ts'
import { keepListening } from './listening.ts'
import {
  channels,
  type Reference,
  readAcknowledgement,
  readBeat,
  readChange,
  type Who,
  writeChanges,
} from './notice-texts.ts'
import { type Expectation, leaseMs, monotonicMs, openRollCall, type RollCall } from './roll-call.ts'
import { noLease, type Stream } from './stream.ts'

/** What one node says to the others and hears from them. */
export interface Notices {
  /**
   * Whether no change that was answered anywhere can have gone unheard here: so it is while a beat that was sent less than `leaseMs` ago came
   * back. By the steady clock and by the calendar, because the steady one stands still while a machine sleeps.
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

/** Notices of changes, the beats that prove that they arrive, and who has heard them. `RollCall` says why this suffices. */
export function openNotices({ url, tell, onTrouble }: NoticesOptions): Notices {
  /** A life, not a machine: a restarted node has heard nothing that its former self heard. */
  const node = randomBytes(8).toString('hex')
  const roll = openRollCall()
  const streamBegan = Promise.withResolvers<void>()
  const beatCameBack = Promise.withResolvers<void>()
  for (const { promise } of [streamBegan, beatCameBack]) promise.catch(() => {})
  let noticesWritten = 0
  let streams = 0
  let beating = false
  let closed = false
  let lease = noLease

  function began(stream: Stream): void {
    streams += 1
    roll.begin()
    tell('everybody')
    if (beating) stream.startBeating()
    streamBegan.resolve()
  }

  function lost(): void {
    lease = noLease
  }

  function failed(cause: unknown): void {
    const trouble = new DatabaseUnavailable('the connection for notices failed', { cause })
    for (const { reject } of [streamBegan, beatCameBack]) reject(trouble)
    onTrouble(trouble)
  }

  const hear = hearingAs(node, {
    roll,
    tell,
    acknowledge: (change) => listening.stream?.acknowledge(change),
    cameBack(beat) {
      lease = listening.stream?.cameBack(beat) ?? lease
      beatCameBack.resolve()
    },
  })
  const listening = keepListening(url, node, { hear, began, lost, failed })

  return {
    trusted() {
      const now = Date.now()
      return !closed && monotonicMs() - lease.sentAtMs < leaseMs && now - lease.sentOn < leaseMs && now >= lease.sentOn
    },
    announce(ids) {
      noticesWritten += 1
      const payloads = writeChanges(node, noticesWritten, ids)
      return { channel: channels.changes, payloads, ...roll.expect(noticesWritten) }
    },
    listening: () => streamBegan.promise,
    begin(first) {
      if (first && streams === 1) roll.alone()
      beating = true
      listening.stream?.startBeating()
      return beatCameBack.promise
    },
    close() {
      closed = true
      return listening.close()
    },
  }
}

interface Reactions {
  readonly roll: RollCall
  readonly tell: (who: Who) => void
  acknowledge(change: Reference): void
  /** An own beat. */
  cameBack(beat: number): void
}

/** What the node called `node` makes of what it hears. Other programs may speak on the same channels: what is not ours is passed over. */
function hearingAs(node: string, { roll, tell, acknowledge, cameBack }: Reactions): (heard: pg.Notification) => void {
  function hearBeat(payload: string): void {
    const said = readBeat(payload)
    if (said === null) return
    if (said.beat === 'farewell') roll.gone(said.node)
    else if (said.node === node) cameBack(said.beat)
    else roll.present(said.node)
  }

  /** An own change that nobody waits for was given up for lost, and took place after all. */
  function hearChange(payload: string): void {
    const change = readChange(payload)
    if (change === null) return
    if (change.node !== node) {
      tell(change.who)
      if (change.remaining === 0) acknowledge(change)
    } else if (!roll.heardOwn(change.notice)) {
      tell(change.who)
    }
  }

  function hearAcknowledgement(payload: string): void {
    const heard = readAcknowledgement(payload, node)
    if (heard === null) return
    for (const notice of heard.notices) roll.acknowledged(notice, heard.node)
  }

  return ({ channel, payload = '' }) => {
    if (channel === channels.beats) hearBeat(payload)
    else if (channel === channels.changes) hearChange(payload)
    else hearAcknowledgement(payload)
  }
}
