import { open } from 'node:fs/promises'
import { openDirectoryFor } from '../app/directory.ts'
import { HeaderTrouble, type ImportChunk, type ImportFormat, readImport } from '../app/import-lines.ts'
import type { Environment } from '../app/settings.ts'
import { system } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'
import { type Imported, importUsers, tryImport } from '../core/users/import-users.ts'
import { causeOf, counted, type ExitCode, exitCodes, logAside, sayJson, settingsFrom, UsageError } from './command.ts'
import { openImportErrors, type RefusedLine } from './import-errors.ts'
import { type Progress, showProgress } from './progress.ts'

export interface ImportOptions {
  readonly format?: ImportFormat
  readonly dryRun?: boolean
  /** Where to write what was refused. */
  readonly errors?: string
  readonly json?: boolean
}

/** So that the writer always finds the next one waiting. */
const chunksUnderWayMax = 4

/**
 * Adds the users of a file, as many lines at a time as one transaction takes. Whoever was added stays, whatever becomes of the others; a second
 * run adds whoever is missing.
 */
export async function importFile(environment: Environment, file: string, options: ImportOptions): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  const { dryRun = false, json = false, format = formatOf(file) } = options
  const input = await openInput(file)
  await using errors = await openImportErrors(options.errors)
  await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })

  const startedAtMs = performance.now()
  const sum: Sum = { lines: 0, added: 0, refused: 0, fault: null }
  const inWords = () => `${counted(sum.lines)} lines`
  const progress = await showProgress({ total: input.bytes, quiet: json, inWords })
  const way = dryRun ? tryingOnly(directory.core) : adding(directory.core)
  for await (const taken of takeAll(readImport(input.stream, format), way)) {
    await addUp(sum, taken, progress, errors.tell)
  }
  const seconds = (performance.now() - startedAtMs) / 1000
  progress.end(inSentence(sum, { dryRun, seconds }), sum.fault === null)
  if (sum.fault instanceof HeaderTrouble) throw new UsageError(sum.fault.message)
  if (sum.fault !== null) throw sum.fault
  if (!dryRun) await directory.core.commit('fold-counts', {})
  const { added, refused } = sum
  if (json) sayJson({ added, refused, dryRun, seconds: Number(seconds.toFixed(3)) })
  return refused === 0 ? exitCodes.ok : exitCodes.failed
}

function inSentence(
  { lines, added, refused, fault }: Sum,
  { dryRun, seconds }: { dryRun: boolean; seconds: number },
): string {
  const people = `${counted(added)} ${added === 1 ? 'person' : 'people'}`
  const bad = `${counted(refused)} ${refused === 1 ? 'line' : 'lines'}`
  if (fault !== null && lines === 0) return 'Stopped before the first line was taken.'
  if (fault !== null) return `Stopped. By then ${people} came through and ${bad} did not.`
  if (!dryRun) return `Added ${people} in ${seconds.toFixed(1)} s and refused ${bad}.`
  const would = `Would add ${people} and refuse ${bad}; nobody was added.`
  const namesMax = limits.importNamesRememberedMax
  return lines * 2 <= namesMax ? would : `${would} Names that come twice were looked for among ${counted(namesMax)}.`
}

// ── what is read ──────────────────────────────────────────────────────────────────────────────────────────────────────

function formatOf(file: string): ImportFormat {
  if (/\.csv$/i.test(file)) return 'csv'
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson'
  throw new UsageError('Say what the file is: --format csv or --format ndjson.')
}

async function openInput(file: string): Promise<{ stream: AsyncIterable<Buffer>; bytes: number | null }> {
  if (file === '-') return { stream: process.stdin, bytes: null }
  const handle = await open(file).catch((thrown: NodeJS.ErrnoException) => {
    throw new UsageError(`The file cannot be read: ${causeOf(thrown.code)}.`)
  })
  const stat = await handle.stat()
  if (stat.isDirectory()) throw new UsageError(`The file cannot be read: ${causeOf('EISDIR')}.`)
  return { stream: handle.createReadStream(), bytes: stat.isFile() ? stat.size : null }
}

// ── what becomes of it ────────────────────────────────────────────────────────────────────────────────────────────────

interface Way {
  readonly take: (chunk: ImportChunk) => Promise<Imported>
  readonly atOnceMax: number
}

function adding(core: Core): Way {
  return {
    take: async ({ lines }) => allowed(await importUsers(core, system, lines)),
    atOnceMax: chunksUnderWayMax,
  }
}

/** One after another: whether a name comes twice depends on what became of the lines before. */
function tryingOnly(core: Core): Way {
  const seen = new Set<string>()
  return {
    take: async ({ lines }) => allowed(await tryImport(core, system, lines, seen)),
    atOnceMax: 1,
  }
}

function allowed<T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T {
  if (outcome.ok) return outcome.value
  throw new Error(`the system was refused: ${outcome.refusal.code}`)
}

interface Taken {
  readonly lines: number
  readonly added: number
  readonly refused: readonly RefusedLine[]
  readonly bytesRead: number
}

/** What became of the chunks, in their order. After a fault no other is begun, and those under way are waited for. */
async function* takeAll(chunks: AsyncIterable<ImportChunk>, way: Way): AsyncGenerator<Taken | { fault: Error }> {
  const underWay: Promise<Taken | { fault: Error }>[] = []
  let hasFailed = false
  const next = async () => {
    const taken = (await underWay.shift()) ?? { fault: new Error('nothing is under way') }
    hasFailed ||= 'fault' in taken
    return taken
  }
  try {
    for await (const chunk of chunks) {
      underWay.push(taken(chunk, way).catch((fault: Error) => ({ fault })))
      while (underWay.length >= (chunk.goesFirst ? 1 : way.atOnceMax)) yield await next()
      if (hasFailed) break
    }
  } catch (fault) {
    underWay.push(Promise.resolve({ fault: fault as Error }))
  }
  while (underWay.length > 0) yield await next()
}

async function taken(chunk: ImportChunk, way: Way): Promise<Taken> {
  const { lines, bytesRead } = chunk
  const { added, refused } = await way.take(chunk)
  const named = refused.map(({ place, refusal }) => ({ line: lines[place]?.line ?? 0, refusal }))
  return { lines: lines.length, added, refused: named, bytesRead }
}

interface Sum {
  lines: number
  added: number
  refused: number
  fault: Error | null
}

async function addUp(
  sum: Sum,
  taken: Taken | { fault: Error },
  progress: Progress,
  tell: (refused: RefusedLine) => Promise<void>,
): Promise<void> {
  if ('fault' in taken) {
    sum.fault ??= taken.fault
    return
  }
  sum.lines += taken.lines
  sum.added += taken.added
  sum.refused += taken.refused.length
  for (const refused of taken.refused) await tell(refused)
  progress.reach(taken.bytesRead)
}
