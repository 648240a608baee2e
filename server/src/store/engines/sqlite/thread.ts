import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { DatabaseUnavailable } from '../engine.ts'
import { type Answer, type News, type Order, reviveError, type Seat } from './messages.ts'
import { openQuestions } from './questions.ts'

/** A worker as the thread that asks it sees it. */
export interface Thread<Task> {
  /** What the worker had to say once it was ready for work. */
  readonly ready: Promise<unknown>
  /** Rejects with DatabaseUnavailable when the worker is gone, or when as many as may wait are waiting. */
  ask(task: Task): Promise<unknown>
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
}

/** A worker that dies is not replaced: what it held is uncertain, and a process that starts afresh recovers by the journal. */
export function openThread<Task>({ name, entry, seat, waitingMax, hear }: Options): Thread<Task> {
  const worker = new Worker(entry, { name, workerData: seat, env: workerEnvironment() })
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

  worker.on('message', (news: News) => {
    if (news.kind === 'ready') return ready.resolve(news.greeting)
    if (news.kind === 'failed') return lose(reviveError(news.error))
    hear?.(news.answers)
    for (const answer of news.answers) questions.settle(answer)
  })
  worker.on('error', (cause) => lose(new DatabaseUnavailable(`The ${name} of the database has died.`, { cause })))
  worker.on('exit', () => {
    lose(new DatabaseUnavailable(`The ${name} of the database has ended.`))
    gone.resolve()
  })

  return {
    ready: ready.promise,
    lost: questions.lost,
    died: died.promise,
    ask: (task) => questions.ask((id) => worker.postMessage({ kind: 'task', id, task } satisfies Order<Task>)),
    finish: questions.finish,
    async close() {
      await questions.finish()
      isClosing = true
      worker.postMessage({ kind: 'close' } satisfies Order<Task>)
      await gone.promise
    },
  }
}

/** A worker takes over the compile cache from the environment only. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir()
  return directory === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(directory) }
}
