import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { limits } from '../../../core/limits.ts'
import type { CheckpointerTask } from './checkpointer.ts'
import { type Connection, copyJournal, usual } from './connection.ts'
import type { Seat } from './messages.ts'

// When the journal reaches the disk, and when its pages are copied into the file. Mostly a transaction is on the disk before it is answered, and the one
// that comes to a thousand pages copies them. While people are imported the indexes have other pages in every transaction, and to copy them takes as long
// as to write them: another thread does that. Nor is the disk waited for: how far an import came is kept in the transactions that add people, or in later ones that
// are waited for, so a power failure takes back nobody whom an import tells of. The next transaction that somebody waits for brings all before it to the disk.

export interface Journal {
  /** Before a group of transactions; patient is one for which nobody waits. */
  begin(isPatient: boolean): void
  /** After the group. */
  committed(isPatient: boolean): void
  close(): Promise<void>
}

/** Of the journal while an import goes on. */
export interface JournalLimits {
  readonly pagesMax: number
  /** These go into the file together. */
  readonly pagesCopiedAtOnce: number
  readonly bytesKept: number
  /** Between two of its groups; after a longer one it is over. */
  readonly pauseMsMax: number
  /** For the other thread, after a group, when the journal is twice as long as it should be. */
  readonly waitMsMax: number
}

const whileImporting: JournalLimits = {
  pagesMax: limits.journalPagesWhileImporting,
  pagesCopiedAtOnce: limits.journalPagesCopiedAtOnce,
  bytesKept: limits.journalBytesWhileImporting,
  pauseMsMax: limits.importPauseMsMax,
  waitMsMax: limits.checkpointerAwaitedMsMax,
}

interface Checkpointer {
  isBusy(): boolean
  /** Until it is not, or for so long. */
  wait(msMax: number): void
  copy(): void
  /** Copies what is left. */
  end(): Promise<void>
}

export function openJournal(connection: Connection, seat: Seat, within: JournalLimits = whileImporting): Journal {
  let checkpointer: Checkpointer | null = null
  let ending = Promise.resolve()
  let pause: NodeJS.Timeout | undefined
  let synchronous = usual.synchronous

  function beginImporting(): void {
    checkpointer = startCheckpointer(seat)
    // SQLite copies by itself beyond what ever comes together while the other thread does its work.
    tune(connection, {
      checkpointPages: within.pagesMax * 2,
      journalBytesKept: within.bytesKept,
    })
  }

  function synchronize(wanted: string): void {
    if (wanted === synchronous) return
    connection.pragma(`synchronous = ${wanted}`)
    synchronous = wanted
  }

  function goOnImporting(): void {
    if (checkpointer === null) beginImporting()
    clearTimeout(pause)
    pause = setTimeout(endImporting, within.pauseMsMax)
  }

  function endImporting(): void {
    const ended = checkpointer?.end()
    ending = Promise.all([ending, ended]).then(() => {})
    checkpointer = null
    synchronize(usual.synchronous)
    tune(connection, usual)
  }

  /**
   * The journal begins anew when all of it has been copied before a transaction begins. That never comes to pass by itself while one follows the other:
   * so what came meanwhile is copied here when the journal is long enough.
   */
  function moveOn(other: Checkpointer, pagesCopiedAtOnce: number): void {
    const { pages, uncopied } = lengthOf(connection)
    // Where too little is left of the processors for it, the journal would grow on.
    if (pages >= within.pagesMax * 2) other.wait(within.waitMsMax)
    if (other.isBusy()) return
    if (pages >= within.pagesMax) copyJournal(connection)
    else if (uncopied >= pagesCopiedAtOnce) other.copy()
  }

  return {
    begin(isPatient) {
      if (isPatient) goOnImporting()
      synchronize(isPatient ? 'normal' : usual.synchronous)
    },
    committed(isPatient) {
      if (checkpointer === null) return
      moveOn(checkpointer, isPatient ? within.pagesCopiedAtOnce : usual.checkpointPages)
    },
    async close() {
      clearTimeout(pause)
      if (checkpointer !== null) endImporting()
      await ending
    },
  }
}

function lengthOf(connection: Connection): { pages: number; uncopied: number } {
  const [state] = connection.pragma('wal_checkpoint(noop)') as { log: number; checkpointed: number }[]
  if (state === undefined) throw new Error('SQLite does not tell how long the journal is')
  return { pages: state.log, uncopied: state.log - state.checkpointed }
}

type Tuning = Pick<typeof usual, 'checkpointPages' | 'journalBytesKept'>

function tune(connection: Connection, { checkpointPages, journalBytesKept }: Tuning): void {
  connection.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  connection.pragma(`journal_size_limit = ${journalBytesKept}`)
}

function startCheckpointer(seat: Seat): Checkpointer {
  const busy = new Int32Array(new SharedArrayBuffer(4))
  const workerData: CheckpointerTask = { seat, busy }
  const worker = new Worker(new URL('./checkpointer.ts', import.meta.url), { name: 'checkpointer', workerData })
  return {
    isBusy: () => Atomics.load(busy, 0) === 1,
    wait: (msMax) => void Atomics.wait(busy, 0, 1, msMax),
    copy() {
      Atomics.store(busy, 0, 1)
      worker.postMessage('copy')
    },
    async end() {
      worker.postMessage('end')
      await once(worker, 'exit')
    },
  }
}
