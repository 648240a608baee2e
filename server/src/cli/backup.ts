import { getPriority, setPriority } from 'node:os'
import { type MadeBackup, makeBackup } from '../app/backups/make-backup.ts'
import { openDirectoryFor } from '../app/directory.ts'
import { lastBackupFact, stepsAfter } from '../app/inspection.ts'
import type { Environment, Settings } from '../app/settings.ts'
import { limits } from '../core/limits.ts'
import { complain, counted, type ExitCode, exitCodes, logAside, sayJson, settingsFrom } from './command.ts'
import { showProgress } from './progress.ts'

const mebibyte = 1024 * 1024

/** Makes a backup, beside a running server as well. */
export async function backup(
  environment: Environment,
  place: string,
  { json = false }: { json?: boolean },
): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  // A server on the same machine comes first.
  setPriority(Math.max(getPriority(), limits.niceness))
  const progress = await showProgress({
    total: settings.databaseUrl === null ? 100 : null,
    quiet: json,
    inWords: (percent) => `About ${percent} % of the directory are copied.`,
    whenStopped: 'Stopped; there is no backup of that name.',
  })
  const reach = (done: number, of: number) => progress.reach(of === 0 ? 0 : Math.floor((100 * done) / of))
  const made = await makeBackup(settings, { place, clock: Date.now, environment, reach }).catch((thrown: unknown) => {
    progress.clear()
    throw thrown
  })
  progress.end(inWords(made), true)
  if (json) sayJson(answerOf(made))
  await note(settings, made)
  return exitCodes.ok
}

function answerOf({ folder, manifest }: MadeBackup): object {
  const { engine, version, schema, madeAt, counts, data } = manifest
  return { backup: folder, engine, version, schema, madeAt, ...counts, bytes: data.bytes, sha256: data.sha256 }
}

function inWords({ folder, manifest: { counts, data } }: MadeBackup): string {
  const users = `${counted(counts.users)} users${counts.deleted === 0 ? '' : ` and ${counted(counts.deleted)} deleted ones`}`
  return `${folder} is a backup of ${users}: ${counted(Math.ceil(data.bytes / mebibyte))} MiB. It opens with the master key of now.`
}

/** For doctor, which tells when the last one was. In a directory that has to be brought up to date first, nothing is noted. */
async function note(settings: Settings, { manifest }: MadeBackup): Promise<void> {
  if (stepsAfter(manifest.schema).length > 0) return
  try {
    await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })
    await directory.core.commit('keep-fact', { name: lastBackupFact, value: manifest.madeAt })
  } catch {
    complain('The backup is made; that it was could not be noted in the directory.')
  }
}
