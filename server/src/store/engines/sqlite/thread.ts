import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { DatabaseUnavailable } from '../engine.ts'
import type { Cleaned, CleaningStep } from './cleaning.ts'
import { type Answer, type Fill, type News, type Order, reviveError, type Seat } from './messages.ts'
import { openQuestions } from './questions.ts'

/** A worker as the thread that asks it sees it. */
export interface Thread<Task> {
  /** What the worker had to say once it was ready for work. */
  readonly ready: Promise<unknown>
  /** Rejects with DatabaseUnavailable when the worker is gone, or when as many as may wait are waiting. */
  ask(task: Task): Promise<unknown>
  /** The same of a task as `v8.serialize` wrote it, whose bytes are handed over. */
  askSerialized(task: Uint8Array<ArrayBuffer>): Promise<unknown>
  /** Has a step of cleaning done between two tasks. */
  clean(step: CleaningStep): Promise<Cleaned>
  fill(step: Fill['step']): Promise<unknown>
  /** Why nothing can be asked any more; null while it can. */
  lost(): Error | null
  /** Settles when the worker is gone without having been asked to close. */
  readonly died: Promise<Error>
  /** Takes no more, and waits for what was asked. */
  finish(): Promise<void>
  /** Finishes, and waits for the worker to put its things in order. */
  close(): Promise<void>
}

interface Options {
  readonly name: string
  readonly entry: URL
  readonly seat: Seat
  readonly waitingMax: number
  /** Told of answers before whoever asked is. */
  readonly hear?: (answers: readonly Answer[]) => void
  readonly onIndexing?: () => void
}

/**
 * A worker that dies is not replaced: what it held is uncertain, and a process that starts afresh recovers by the journal. One that was closed
 * serves the next directory that this process opens.
 */
export function openThread<Task>({ name, entry, seat, waitingMax, hear, onIndexing }: Options): Thread<Task> {
  const worker = takeWorker(name, entry)
  const order = (what: Order<Task>, handedOver: ArrayBuffer[] = []) => worker.postMessage(what, handedOver)
  const questions = openQuestions(name, waitingMax)
  const ready = Promise.withResolvers<unknown>()
  const gone = Promise.withResolvers<void>()
  const died = Promise.withResolvers<Error>()
  let isClosing = false
  // Nobody need wait for it.
  ready.promise.catch(() => {})

  function lose(reason: Error): void {
    questions.lose(reason)
    ready.reject(reason)
    if (!isClosing) died.resolve(reason)
  }

  const listeners = {
    message(news: News) {
      if (news.kind === 'ready') return ready.resolve(news.greeting)
      if (news.kind === 'failed') return lose(reviveError(news.error))
      if (news.kind === 'closed') return leave()
      if (news.kind === 'indexing') return onIndexing?.()
      hear?.(news.answers)
      for (const answer of news.answers) questions.settle(answer)
    },
    error: (cause: unknown) => lose(new DatabaseUnavailable(`The ${name} of the database has died.`, { cause })),
    exit() {
      lose(new DatabaseUnavailable(`The ${name} of the database has ended.`))
      gone.resolve()
    },
  }
  for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener)
  order({ kind: 'open', seat })

  function leave(): void {
    for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener)
    leaveWorker(worker, entry)
    gone.resolve()
  }

  return {
    ready: ready.promise,
    lost: questions.lost,
    died: died.promise,
    ask: (task) => questions.ask((id) => order({ kind: 'task', id, task })),
    askSerialized: (task) => questions.ask((id) => order({ kind: 'serialized', id, task }, [task.buffer])),
    clean: async (step) => (await questions.ask((id) => order({ kind: 'clean', id, step }))) as Cleaned,
    fill: (step) => questions.ask((id) => order({ kind: 'fill', id, step })),
    finish: questions.finish,
    async close() {
      await questions.finish()
      isClosing = true
      order({ kind: 'close' })
      await gone.promise
    },
  }
}

/** What is used up between two tasks is mostly garbage: given more room it is left lying there. */
const maxYoungGenerationSizeMb = 32

/** Workers without a directory, and their entries. To start one takes longer than to open a file. They keep no process from ending. */
const idle = new Map<Worker, URL>()

function takeWorker(name: string, entry: URL): Worker {
  for (const [worker, { href }] of idle) {
    if (href !== entry.href) continue
    idle.delete(worker)
    worker.ref()
    return worker
  }
  const worker = new Worker(entry, { name, env: workerEnvironment(), resourceLimits: { maxYoungGenerationSizeMb } })
  worker.on('error', () => {})
  worker.on('exit', () => idle.delete(worker))
  return worker
}

function leaveWorker(worker: Worker, entry: URL): void {
  worker.unref()
  idle.set(worker, entry)
}

/** A worker takes over the compile cache from the environment only. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir()
  return directory === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(directory) }
}
