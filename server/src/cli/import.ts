import { getPriority, setPriority } from 'node:os'
import { type OpenDirectory, openDirectoryFor } from '../app/directory.ts'
import { AnotherFile, HeaderTrouble, type ImportChunk, readImport } from '../app/import-lines.ts'
import { SourceTrouble } from '../app/import-sources/source.ts'
import type { Environment } from '../app/settings.ts'
import { system } from '../core/actor.ts'
import { type ImportReached, importReached, type RefusedLine } from '../core/imports/import-stretch.ts'
import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'
import { type Imported, importStretch, tryImport } from '../core/users/import-users.ts'
import {
  CommandFailure,
  complain,
  counted,
  countOf,
  type ExitCode,
  exitCodes,
  logAside,
  sayJson,
  settingsFrom,
  UsageError,
} from './command.ts'
import { type ImportErrors, openImportErrors } from './import-errors.ts'
import { type ImportInput, type InputOptions, openImportInput } from './import-input.ts'
import { nameOf } from './import-place.ts'
import { type Progress, showProgress } from './progress.ts'

export interface ImportOptions extends InputOptions {
  readonly dryRun?: boolean
  /** Forgets where an import of the file ended too soon. */
  readonly fromStart?: boolean
  /** In one transaction, where another number is wanted than is best. */
  readonly linesAtOnce?: number
  /** Where to write what was refused. */
  readonly errors?: string
  readonly json?: boolean
}

/** So that the writer always finds the next one waiting. Beside a server the request thread passes them on, and each comes before whoever reads. */
const chunksUnderWayMax = { filling: 4, beside: 12 }

/**
 * Adds the users of a file, as many lines at a time as one transaction takes. Whoever was added stays, whatever becomes of the others; what ended
 * too soon goes on from there.
 */
export async function importFile(environment: Environment, file: string, options: ImportOptions): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  const { dryRun = false, json = false, linesAtOnce } = options
  const input = await openImportInput(file, options)
  await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any', fills: !dryRun })
  const { core } = directory
  standBack(directory)
  const { name, stream } = await nameOf(core, input.stream, input.format).catch((fault: Error) => {
    throw failureOf(fault, false)
  })
  if (options.fromStart && !dryRun) await core.commit('end-import', { name })
  const reached = dryRun ? null : await importReached(core, name)
  await using errors = await openImportErrors({
    file: options.errors,
    goesOn: reached !== null,
    unit: input.unit,
    json,
  })

  const startedAtMs = performance.now()
  if (reached !== null) await goOn(reached, { errors, unit: input.unit, json })
  const sum = startSum(reached)
  const progress = await showProgress({
    total: input.bytes,
    quiet: json,
    inWords: () => `${counted(sum.lines)} ${input.unit}s`,
  })
  const way = dryRun ? tryingOnly(core) : await adding(directory, { name, sum, linesAtOnce })
  for await (const taken of takeAll(readImport(stream, input.format, { ...way, from: reached }), way)) {
    if (!('fault' in taken)) input.settle(taken.upTo, new Set(taken.refused.map(({ line }) => line)))
    await addUp(sum, taken, { ...progress, reach: (bytes) => progress.reach(input.fileBytesAt(bytes)) }, errors.tell)
  }
  await way.end(progress)
  const seconds = (performance.now() - startedAtMs) / 1000
  progress.end(inSentence(sum, { dryRun, seconds, unit: input.unit }), sum.fault === null)
  const notes = input.notes()
  if (!json) for (const { says } of notes) complain(says)
  if (sum.fault !== null) throw failureOf(sum.fault, sum.lines > 0)
  const { added, mailed, organizations, refused } = sum
  const wentOn = reached !== null && { wentOnBehind: reached.line }
  const told = notes.length > 0 && { notes }
  if (json)
    sayJson({ added, mailed, organizations, refused, dryRun, seconds: Number(seconds.toFixed(3)), ...wentOn, ...told })
  return refused === 0 ? exitCodes.ok : exitCodes.failed
}

/** Whoever else uses the directory comes first where their server does the writing: whoever writes by themselves holds rows meanwhile, and is not to be slow at it. */
function standBack({ engine: { name, isShared } }: OpenDirectory): void {
  if (isShared && name === 'sqlite') setPriority(Math.max(getPriority(), limits.niceness))
}

/** Tells where it goes on, and of refusals that nobody may have heard of. */
async function goOn(
  { line, added, untold }: ImportReached,
  { errors, unit, json }: { errors: ImportErrors; unit: ImportInput['unit']; json: boolean },
): Promise<void> {
  if (!json) {
    complain(
      `Goes on behind ${unit} ${counted(line)}, where an import of this file ended; by then ${counted(added)} were added.`,
    )
  }
  for (const refused of untold) if (refused.line > errors.toldUpTo) await errors.tell(refused)
}

/** What is wrong with the file as a whole is no fault of ours. */
function failureOf(fault: Error, hasBegun: boolean): Error {
  if (fault instanceof HeaderTrouble) return new UsageError(fault.message)
  if (fault instanceof AnotherFile) {
    return new UsageError(
      'An import of a file that begins like this one ended too soon, and this file goes on differently: --from-start begins anew, and tells of all who were added that their names are taken.',
    )
  }
  if (!(fault instanceof SourceTrouble)) return fault
  const exitCode = hasBegun ? exitCodes.failed : exitCodes.usage
  return new CommandFailure(fault.message, { exitCode, code: 'UNREADABLE_FILE' })
}

function inSentence(
  { lines, added, mailed, organizations, refused, fault }: Sum,
  { dryRun, seconds, unit }: { dryRun: boolean; seconds: number; unit: ImportInput['unit'] },
): string {
  const made = organizations === 0 ? '' : ` and ${countOf(organizations, 'organization', 'organizations')}`
  const people = `${countOf(added, 'person', 'people')}${made}`
  const bad = countOf(refused, unit, `${unit}s`)
  if (fault !== null && lines === 0) return `Stopped before the first ${unit} was taken.`
  if (fault !== null) return `Stopped. By then ${people} came through and ${bad} did not.`
  const post = mailed === 0 ? '' : ` ${mailSentence(mailed, dryRun)}`
  if (!dryRun) return `Added ${people} in ${seconds.toFixed(1)} s and refused ${bad}.${post}`
  const would = `Would add ${people} and refuse ${bad}; nobody was added.${post}`
  const namesMax = limits.importNamesRememberedMax
  return lines * 2 <= namesMax ? would : `${would} Names that come twice were looked for among ${counted(namesMax)}.`
}

function mailSentence(mailed: number, dryRun: boolean): string {
  const is = mailed === 1 ? 'is' : 'are'
  return `${counted(mailed)} of them ${dryRun ? 'would be' : is} sent a mail to prove their address, as whoever is pending is.`
}

// ── what becomes of it ────────────────────────────────────────────────────────────────────────────────────────────────

interface Way {
  readonly take: (chunk: ImportChunk) => Promise<Imported>
  readonly linesAtOnce: number
  readonly atOnceMax: number
  /** After the last. */
  readonly end: (progress: Pick<Progress, 'note'>) => Promise<void>
}

/** One after another where several nodes write: each stretch goes on where the one before it ended. */
async function adding(
  { core, engine }: OpenDirectory,
  { name, sum, linesAtOnce }: { name: string; sum: Sum; linesAtOnce: number | undefined },
): Promise<Way> {
  const isFilling = (await engine.filling?.begin()) ?? false
  return {
    async take({ lines, after, end }) {
      const stretch = {
        name,
        after,
        upTo: end.line,
        digest: end.digest,
        lines: lines.map(({ line }) => line),
        toldUpTo: sum.toldUpTo,
      }
      const imported = allowed(await importStretch(core, system, lines, stretch))
      if (imported === null)
        throw new CommandFailure('Another command imports this file.', {
          exitCode: exitCodes.failed,
          code: 'IMPORTED_ELSEWHERE',
        })
      return imported
    },
    linesAtOnce: linesAtOnce ?? (isFilling ? limits.importLinesAtOnceWhileFilling : limits.importLinesAtOnce),
    atOnceMax: engine.name !== 'sqlite' ? 1 : chunksUnderWayMax[isFilling ? 'filling' : 'beside'],
    async end(progress) {
      // Whoever goes on with what ended too soon goes on filling.
      if (isFilling && (sum.fault === null || sum.lines === 0)) {
        progress.note('Makes the indexes …')
        await engine.filling?.end()
      }
      if (sum.fault !== null) return
      await core.commit('end-import', { name })
      await core.commit('fold-counts', {})
    },
  }
}

/** One after another: whether a name comes twice depends on what became of the lines before. */
function tryingOnly(core: Core): Way {
  const seen = new Set<string>()
  return {
    take: async ({ lines }) => allowed(await tryImport(core, system, lines, seen)),
    linesAtOnce: limits.importLinesAtOnce,
    atOnceMax: 1,
    async end() {},
  }
}

function allowed<T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T {
  if (outcome.ok) return outcome.value
  throw new Error(`the system was refused: ${outcome.refusal.code}`)
}

interface Taken {
  readonly lines: number
  readonly added: number
  readonly mailed: number
  readonly organizations: number
  readonly refused: readonly RefusedLine[]
  readonly bytesRead: number
  readonly upTo: number
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
  const { lines, bytesRead, end } = chunk
  const { refused, ...came } = await way.take(chunk)
  const named = refused.map(({ place, refusal }) => ({ line: lines[place]?.line ?? 0, refusal }))
  return { ...came, lines: lines.length, refused: named, bytesRead, upTo: end.line }
}

interface Sum {
  lines: number
  added: number
  mailed: number
  organizations: number
  refused: number
  fault: Error | null
  /** What became of the lines up to this one has been told. */
  toldUpTo: number
}

function startSum(reached: ImportReached | null): Sum {
  const { line = 0, added = 0, mailed = 0, organizations = 0, refused = 0 } = reached ?? {}
  return { lines: line, added, mailed, organizations, refused, fault: null, toldUpTo: line }
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
  sum.mailed += taken.mailed
  sum.organizations += taken.organizations
  sum.refused += taken.refused.length
  for (const refused of taken.refused) await tell(refused)
  sum.toldUpTo = taken.upTo
  progress.reach(taken.bytesRead)
}
