import { openDirectoryFor } from '../app/directory.ts'
import { HeaderTrouble, type ImportChunk, readImport } from '../app/import-lines.ts'
import { SourceTrouble } from '../app/import-sources/source.ts'
import type { Environment } from '../app/settings.ts'
import { system } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'
import { type Imported, importUsers, tryImport } from '../core/users/import-users.ts'
import {
  CommandFailure,
  complain,
  counted,
  type ExitCode,
  exitCodes,
  logAside,
  sayJson,
  settingsFrom,
  UsageError,
} from './command.ts'
import { openImportErrors, type RefusedLine } from './import-errors.ts'
import { type ImportInput, type InputOptions, openImportInput } from './import-input.ts'
import { type Progress, showProgress } from './progress.ts'

export interface ImportOptions extends InputOptions {
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
  const { dryRun = false, json = false } = options
  const input = await openImportInput(file, options)
  await using errors = await openImportErrors({ file: options.errors, unit: input.unit, json })
  await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })

  const startedAtMs = performance.now()
  const sum: Sum = { lines: 0, added: 0, refused: 0, fault: null }
  const inWords = () => `${counted(sum.lines)} ${input.unit}s`
  const progress = await showProgress({ total: input.bytes, quiet: json, inWords })
  const way = dryRun ? tryingOnly(directory.core) : adding(directory.core)
  for await (const taken of takeAll(readImport(input.stream, input.format), way)) {
    await addUp(sum, taken, { ...progress, reach: (bytes) => progress.reach(input.fileBytesAt(bytes)) }, errors.tell)
  }
  const seconds = (performance.now() - startedAtMs) / 1000
  progress.end(inSentence(sum, { dryRun, seconds, unit: input.unit }), sum.fault === null)
  const notes = input.notes()
  if (!json) for (const { says } of notes) complain(says)
  if (sum.fault !== null) throw failureOf(sum.fault)
  if (!dryRun) await directory.core.commit('fold-counts', {})
  const { added, refused } = sum
  const told = notes.length > 0 && { notes }
  if (json) sayJson({ added, refused, dryRun, seconds: Number(seconds.toFixed(3)), ...told })
  return refused === 0 ? exitCodes.ok : exitCodes.failed
}

/** What is wrong with the file as a whole is no fault of ours. */
function failureOf(fault: Error): Error {
  if (fault instanceof HeaderTrouble) return new UsageError(fault.message)
  if (fault instanceof SourceTrouble)
    return new CommandFailure(fault.message, { exitCode: exitCodes.failed, code: 'UNREADABLE_FILE' })
  return fault
}

function inSentence(
  { lines, added, refused, fault }: Sum,
  { dryRun, seconds, unit }: { dryRun: boolean; seconds: number; unit: ImportInput['unit'] },
): string {
  const people = `${counted(added)} ${added === 1 ? 'person' : 'people'}`
  const bad = `${counted(refused)} ${unit}${refused === 1 ? '' : 's'}`
  if (fault !== null && lines === 0) return `Stopped before the first ${unit} was taken.`
  if (fault !== null) return `Stopped. By then ${people} came through and ${bad} did not.`
  if (!dryRun) return `Added ${people} in ${seconds.toFixed(1)} s and refused ${bad}.`
  const would = `Would add ${people} and refuse ${bad}; nobody was added.`
  const namesMax = limits.importNamesRememberedMax
  return lines * 2 <= namesMax ? would : `${would} Names that come twice were looked for among ${counted(namesMax)}.`
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
