import { setTimeout as delay } from 'node:timers/promises'
import { limits } from '../../../core/limits.ts'
import { type Cleanliness, DatabaseUnavailable, type Engine } from '../engine.ts'
import { openReading } from './connection.ts'
import { openControl } from './control.ts'
import type { SqliteEngine } from './engine.ts'
import { giveBack } from './give-back.ts'
import { limiter } from './limiter.ts'
import type { Lock } from './lock.ts'
import type { Answer, CommitTask, ReadingTask, Seat } from './messages.ts'
import type { AppliedMigration } from './migrate.ts'
import { openQueries } from './queries.ts'
import { openThread, type Thread } from './thread.ts'

/** Whoever reads is mostly done by then. */
const journalRestMs = 50
const readerStartMs = 5_000

/** The engine of the one process that writes the file. The writer closes last, so that it takes the journal with it. */
export async function openOwner(
  directory: string,
  seat: Seat,
  { lock, onIndexing }: { lock: Lock; onIndexing: () => void },
): Promise<SqliteEngine> {
  await using opening = new AsyncDisposableStack()
  opening.defer(() => lock.release())

  const { tell, listenToTouched, listenToMail } = openListeners()
  const writer = openThread<CommitTask>({
    name: 'writer',
    entry: new URL('./writer.ts', import.meta.url),
    seat,
    waitingMax: limits.transactionsWaitingMax,
    hear: tell,
    onIndexing,
  })
  opening.defer(writer.close)
  const migrated = (await writer.ready) as AppliedMigration[]

  const reader = openReader(seat)
  opening.defer(reader.close)
  const connection = opening.adopt(openReading(seat.file, seat.fileKey), (open) => void open.close())
  const control = await openControl(directory, writer.askSerialized)
  opening.defer(control.close)
  opening.defer(writer.finish)

  const open = opening.move()
  return {
    name: 'sqlite',
    migrated,
    here: openQueries(connection),
    aside: (name, input) => reader.ask({ name, input }) as never,
    commit: (name, input, nowMs) => writer.ask({ name, input, nowMs }) as never,
    filling: {
      begin: async () => (await writer.fill('begin')) as boolean,
      async end() {
        giveBack()
        await writer.fill('end')
      },
    },
    isShared: false,
    trustsMemory: () => writer.lost() === null,
    rememberMsMax: Number.POSITIVE_INFINITY,
    beginCleaning: () => (stop) => cleanFile(writer.clean, stop),
    onTouched: listenToTouched,
    onMail: listenToMail,
    limiter,
    lost: writer.died,
    async ping() {
      const lost = writer.lost() ?? reader.lost()
      if (lost !== null) throw lost
      connection.prepare('select 1').get()
    },
    close: () => open.disposeAsync(),
  }
}

/** Steps that take long leave whoever else writes half of the time. */
async function cleanFile(step: Thread<CommitTask>['clean'], stop: AbortSignal): Promise<Cleanliness> {
  await step('begin-merging')
  for (let merged = 'more'; merged === 'more'; ) {
    if (stop.aborted) return 'not_now'
    const beganAt = performance.now()
    merged = await step('merge')
    await delay(performance.now() - beganAt)
  }
  const isRewritten = (await step('rewrite')) === 'done'
  for (let tries = limits.journalEmptiedTriesMax; tries > 0 && !stop.aborted; tries -= 1) {
    if ((await step('empty-journal')) === 'done') return isRewritten ? 'clean' : 'when_opened'
    await delay(journalRestMs)
  }
  return stop.aborted ? 'not_now' : 'still_seen'
}

/** Its thread costs a moment and memory: it starts when it is first asked, or when the process seems to be here to stay, which one that fills is not. */
function openReader(seat: Seat): Pick<Thread<ReadingTask>, 'ask' | 'lost' | 'close'> {
  let thread: Thread<ReadingTask> | null = null
  let closed = false
  const start = () => {
    thread ??= openThread<ReadingTask>({
      name: 'reader',
      entry: new URL('./reader.ts', import.meta.url),
      seat,
      waitingMax: limits.readingsWaitingMax,
    })
    return thread
  }
  const starting = seat.fills ? undefined : setTimeout(start, readerStartMs).unref()
  return {
    async ask(task) {
      if (closed) throw new DatabaseUnavailable('The database is closed.')
      return start().ask(task)
    },
    lost: () => thread?.lost() ?? null,
    async close() {
      closed = true
      clearTimeout(starting)
      await thread?.close()
    },
  }
}

type TouchedListener = Parameters<Engine['onTouched']>[0]

function openListeners() {
  const touched: TouchedListener[] = []
  const mail: (() => void)[] = []
  return {
    listenToTouched: (listener: TouchedListener) => void touched.push(listener),
    listenToMail: (listener: () => void) => void mail.push(listener),
    tell(answers: readonly Answer[]) {
      const ids = answers.flatMap((answer) => ('error' in answer ? [] : answer.touched))
      if (ids.length > 0) for (const listener of touched) listener(ids)
      if (answers.some((answer) => 'mailed' in answer && answer.mailed)) for (const listener of mail) listener()
    },
  }
}
