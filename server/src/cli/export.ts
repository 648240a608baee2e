import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { access, open, rename } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { type OpenDirectory, openDirectoryFor } from '../app/directory.ts'
import { type ExportFormat, writeExport } from '../app/export-lines.ts'
import type { Environment } from '../app/settings.ts'
import { type Actor, system } from '../core/actor.ts'
import { form } from '../core/form.ts'
import { type ExportedLine, exportUsers } from '../core/users/export-users.ts'
import { newestFirst, nobodyLeftOut } from '../core/users/list-users.ts'
import { type AdminProof, signInAsAdmin } from './admin-proof.ts'
import {
  CommandFailure,
  causeOf,
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
import { showProgress } from './progress.ts'

export interface ExportOptions extends AdminProof {
  readonly format?: ExportFormat
  readonly withCredentials?: boolean
  readonly force?: boolean
  readonly json?: boolean
}

/** Writes everybody into a file that an import reads; nobody can take half of it for the whole. */
export async function exportFile(environment: Environment, file: string, options: ExportOptions): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  const { format = formatOf(file), withCredentials = false, json = false } = options
  await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })
  await using output = await openOutput(file, options)
  await using admin = withCredentials ? await signInAsAdmin(directory, options) : { actor: system, ...nothingToEnd }
  const lines = await allowed(directory, admin.actor, withCredentials)

  const startedAtMs = performance.now()
  const sum = { users: 0, organizations: 0 }
  const inWords = (done: number) => `${counted(done)} people`
  const progress = await showProgress({
    total: await countUsers(directory),
    quiet: json || file === '-',
    inWords,
    lineMsMin: 1000,
  })
  const tallied = tally(lines, sum, () => progress.reach(sum.users))
  for await (const text of writeExport(tallied, format, { credentials: withCredentials })) await output.write(text)
  await output.keep()
  // CSV holds none of them.
  if (format === 'csv') sum.organizations = 0

  const seconds = (performance.now() - startedAtMs) / 1000
  const organizations = format === 'csv' ? '' : ` and ${countOf(sum.organizations, 'organization', 'organizations')}`
  const sentence = `Wrote ${countOf(sum.users, 'person', 'people')}${organizations} in ${seconds.toFixed(1)} s.`
  if (json && file !== '-') sayJson({ ...sum, credentials: withCredentials, seconds: Number(seconds.toFixed(3)) })
  else if (file === '-') complain(json ? JSON.stringify({ ...sum, credentials: withCredentials }) : sentence)
  progress.end(sentence, true)
  return exitCodes.ok
}

const nothingToEnd = { [Symbol.asyncDispose]: async () => {} }

function formatOf(file: string): ExportFormat {
  if (/\.csv$/i.test(file)) return 'csv'
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson'
  throw new UsageError('Say what the file is to be: --format csv or --format ndjson.')
}

async function allowed({ core }: OpenDirectory, actor: Actor, credentials: boolean) {
  const scope = { organizations: true, pictures: true, credentials }
  const exported = await exportUsers(core, actor, form({}), scope)
  if (exported.ok) return exported.value
  throw new CommandFailure('Credentials are given to an admin of the directory, and to nobody else.', {
    exitCode: exitCodes.notAllowed,
    code: 'NOT_ALLOWED',
  })
}

/** Without those who were deleted. */
export async function countUsers({ core }: OpenDirectory): Promise<number | null> {
  const { total } = await core.directory.users.page({
    filter: nobodyLeftOut,
    order: newestFirst,
    from: { offset: 0 },
    limit: 0,
    count: true,
  })
  return total
}

async function* tally(
  lines: AsyncIterable<readonly ExportedLine[]>,
  sum: { users: number; organizations: number },
  reached: () => void,
): AsyncGenerator<readonly ExportedLine[]> {
  for await (const some of lines) {
    for (const { kind } of some) sum[kind === 'user' ? 'users' : 'organizations'] += 1
    reached()
    yield some
  }
}

// ── where it is written ───────────────────────────────────────────────────────────────────────────────────────────────

interface Output extends AsyncDisposable {
  /** No faster than it is taken. */
  write(text: string): Promise<void>
  /** It is whole. */
  keep(): Promise<void>
}

async function openOutput(file: string, { force = false }: ExportOptions): Promise<Output> {
  if (file === '-') return { write: (text) => writeTo(process.stdout, text), keep: async () => {}, ...nothingToEnd }
  if (!force) await refuseThere(file)
  const beside = `${file}.${process.pid}.part`
  const handle = await open(beside, 'wx', 0o600).catch(refuseFile)
  const stream = handle.createWriteStream()
  let fault: Error | null = null
  stream.on('error', (thrown) => {
    fault = thrown
  })
  const remove = () => rmSync(beside, { force: true })
  process.once('exit', remove)
  return {
    async write(text) {
      if (fault !== null) throw fault
      await writeTo(stream, text)
    },
    async keep() {
      stream.end()
      await once(stream, 'close')
      if (fault !== null) throw fault
      if (!force) await refuseThere(file)
      await rename(beside, file)
    },
    async [Symbol.asyncDispose]() {
      stream.destroy()
      process.off('exit', remove)
      remove()
    },
  }
}

async function writeTo(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain')
}

async function refuseThere(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) refuseFile({ code: 'EEXIST' })
}

function refuseFile({ code }: { readonly code?: string }): never {
  const remedy = code === 'EEXIST' ? ' --force writes over it.' : ''
  throw new UsageError(`The file cannot be written: ${causeOf(code)}.${remedy}`)
}
