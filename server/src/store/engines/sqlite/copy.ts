import { stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type Connection, openReading, openWriting } from './connection.ts'
import { type PlainError, reviveError } from './messages.ts'

const lookMs = 100

export interface CopyOrder {
  readonly from: string
  readonly to: string
  readonly fileKey: Uint8Array
}

/**
 * Writes a directory as it is at one instant into an empty file, under the same key, beside whoever reads and writes it. `reach` is told how many of about
 * `of` bytes are written.
 */
export async function copyDatabase(order: CopyOrder, reach: (bytes: number, of: number) => void): Promise<void> {
  const worker = new Worker(new URL('./copier.ts', import.meta.url), { name: 'copier', workerData: order })
  const done = Promise.withResolvers<void>()
  worker.on('message', (failure: PlainError | null) =>
    failure === null ? done.resolve() : done.reject(reviveError(failure)),
  )
  worker.on('error', done.reject)
  worker.on('exit', () => done.reject(new Error('the copier ended without having said how')))
  const stop = new AbortController()
  const watching = watch(order, reach, stop.signal)
  try {
    await done.promise
  } finally {
    stop.abort()
    await watching
    await worker.terminate()
  }
}

async function watch({ from, to }: CopyOrder, reach: (bytes: number, of: number) => void, signal: AbortSignal) {
  while (!signal.aborted) {
    const [whole, sofar] = await Promise.all([sizeOf(from), sizeOf(to)])
    reach(Math.min(sofar, whole), whole)
    await delay(lookMs, undefined, { signal }).catch(() => {})
  }
}

/** Nothing of a file that has gone away: whoever copies will say so. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

/** Whether every page can be read and is in its place; what indexes say of it is not compared. */
export function isSound(connection: Connection): boolean {
  return connection.prepare('pragma quick_check(1)').pluck().get() === 'ok'
}

/** What a copy of a directory holds. */
export interface CopyFacts {
  readonly schema: number
  readonly users: number
  readonly deleted: number
}

/** Looks into one that nobody else has open; `thoroughly` at each page. */
export function lookInto(
  file: string,
  fileKey: Uint8Array,
  { thoroughly }: { thoroughly: boolean },
): CopyFacts & { isSound: boolean } {
  const connection = openReading(file, fileKey)
  try {
    const schema = connection.prepare('select coalesce(max(number), 0) from migrations').pluck().get() as number
    const counts = connection
      .prepare('select count(*) - count(deleted_at) as users, count(deleted_at) as deleted from users')
      .get() as Omit<CopyFacts, 'schema'>
    return { schema, ...counts, isSound: !thoroughly || isSound(connection) }
  } finally {
    connection.close()
  }
}

/** Keeps facts in a directory that nobody has opened, so that they stand in it from its first instant; it is one file again afterwards. */
export function leaveFacts(file: string, fileKey: Uint8Array, facts: Readonly<Record<string, string>>): void {
  const connection = openWriting(file, fileKey)
  try {
    const keep = connection.prepare(
      'insert into facts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    )
    for (const fact of Object.entries(facts)) keep.run(fact)
    connection.pragma('wal_checkpoint(truncate)')
    connection.pragma('journal_mode = delete')
  } finally {
    connection.close()
  }
}

/** A fact that is kept there, and the ids of whom it says that they were erased. */
export function erasedIn(file: string, fileKey: Uint8Array, factName: string): { ids: string[]; fact: string | null } {
  const connection = openReading(file, fileKey)
  try {
    const has = connection
      .prepare(`select count(*) from sqlite_schema where type = 'table' and name = 'erasures'`)
      .pluck()
      .get()
    const ids = has === 0 ? [] : (connection.prepare('select user_id from erasures').pluck().all() as string[])
    const fact = connection.prepare('select value from facts where name = ?').pluck().get([factName])
    return { ids, fact: (fact as string | undefined) ?? null }
  } finally {
    connection.close()
  }
}
