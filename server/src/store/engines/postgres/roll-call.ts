/** For how long a node trusts what it remembers after the sending of a beat that came back. */
export const leaseMs = 500
/** Clocks of two machines run apart by far less than this in half a second. */
const marginMs = 25

/**
 * Knows which other nodes may still trust what they remember, and so whom a revoking commit has to wait for.
 *
 * Every node sends a beat each tenth of a second and hears the beats of all, its own included, on one stream of notices. PostgreSQL
 * delivers notices in the order in which their transactions committed (documentation of NOTIFY; they are queued under a lock that is held
 * until the commit is visible). So the stream gives an order that all nodes agree on:
 *
 * - A beat that a node sends after a commit was answered comes back to it after that commit's notice. A node whose own beat came back has
 *   heard of every commit that was answered before it sent that beat, and may trust its memory until `leaseMs` after sending it.
 * - When this node hears the notice of its own commit, it has heard all beats queued before it. A node whose last such beat was heard more
 *   than `leaseMs` ago no longer trusts its memory, or has heard the notice too. Only the others need to acknowledge, each until its lease
 *   has run out; hearing a beat is never earlier than its sending, so the lease is never thought shorter than it is.
 * - A node that does not hear its own notice waits `leaseMs` from the answer to its commit: by then every lease has run out that was taken
 *   before the notice was queued.
 *
 * So no table says which nodes there are, a dead one costs nothing after half a second, and no two clocks are compared.
 */
export interface RollCall {
  /** An unbroken stream begins now: who was here before may be unknown for one lease. */
  begin(): void
  /** It is certain that nobody was here before. */
  alone(): void
  present(node: string): void
  /** The node said that it no longer trusts its memory. */
  gone(node: string): void
  /** Has to be called before COMMIT is sent: its notice may be heard before its answer. */
  expect(notice: number): Expectation
  /** The notice of an own commit was heard. False when nobody waits for it: the commit was given up for lost. */
  heardOwn(notice: number): boolean
  acknowledged(notice: number, node: string): void
}

export interface Expectation {
  /** To be called when COMMIT was answered; resolves when no other node can use what it remembered before. */
  settled(): Promise<void>
  /** There was no commit, or nobody knows whether there was. */
  drop(): void
}

/** Milliseconds that only ever count up. */
export function monotonicMs(): number {
  return performance.now()
}

export function openRollCall(now: () => number = monotonicMs): RollCall {
  let streamBeganAt = now()
  const lastBeatAt = new Map<string, number>()
  const awaited = new Map<number, Awaited>()

  /** When the lease of each node runs out that may trust its memory still. */
  function leasesRunning(): Map<string, number> {
    const leases = new Map([[strangers, streamBeganAt + leaseMs + marginMs]])
    for (const [node, at] of lastBeatAt) leases.set(node, at + leaseMs + marginMs)
    for (const [node, until] of leases) if (until <= now()) leases.delete(node)
    return leases
  }

  /** Ends the waiting, or sets it to end when the last lease has run out. */
  function weigh(notice: number): void {
    const wait = awaited.get(notice)
    if (wait === undefined || wait.answeredAt === null) return
    clearTimeout(wait.timer)
    const remaining = Math.min(wait.answeredAt + leaseMs + marginMs, latest(wait.leases)) - now()
    if (remaining > 0) {
      wait.timer = setTimeout(weigh, Math.ceil(remaining), notice)
    } else {
      awaited.delete(notice)
      wait.resolve()
    }
  }

  function strikeOut(notice: number, node: string): void {
    if (awaited.get(notice)?.leases?.delete(node)) weigh(notice)
  }

  function heardOwn(notice: number): boolean {
    const wait = awaited.get(notice)
    if (wait === undefined) return false
    wait.leases = leasesRunning()
    for (const node of lastBeatAt.keys()) if (!wait.leases.has(node)) lastBeatAt.delete(node)
    weigh(notice)
    return true
  }

  return {
    begin() {
      streamBeganAt = now()
      lastBeatAt.clear()
    },
    alone() {
      streamBeganAt = Number.NEGATIVE_INFINITY
    },
    present: (node) => lastBeatAt.set(node, now()),
    gone(node) {
      lastBeatAt.delete(node)
      for (const notice of awaited.keys()) strikeOut(notice, node)
    },
    expect(notice) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const wait: Awaited = { answeredAt: null, leases: null, resolve, timer: undefined }
      awaited.set(notice, wait)
      return {
        settled() {
          wait.answeredAt = now()
          weigh(notice)
          return promise
        },
        drop: () => awaited.delete(notice),
      }
    },
    heardOwn,
    acknowledged: strikeOut,
  }
}

interface Awaited {
  answeredAt: number | null
  /** When the lease of each node ends that has yet to acknowledge; null until the own notice was heard. */
  leases: Map<string, number> | null
  readonly resolve: () => void
  timer: NodeJS.Timeout | undefined
}

/** Stands for nodes whose beats this node has not been listening long enough to hear; nobody acknowledges in their name. */
const strangers = ''

function latest(leases: Map<string, number> | null): number {
  return leases === null ? Number.POSITIVE_INFINITY : Math.max(Number.NEGATIVE_INFINITY, ...leases.values())
}
