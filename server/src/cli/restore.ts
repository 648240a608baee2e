import { type PlacedBackup, placeBackup } from '../app/backups/restore-backup.ts'
import { openDirectoryFor } from '../app/directory.ts'
import type { Environment } from '../app/settings.ts'
import { countOf, type ExitCode, exitCodes, logAside, say, sayJson, settingsFrom } from './command.ts'
import { report } from './doctor.ts'
import { examine } from './doctor-checks.ts'
import { countUsers } from './export.ts'
import { showProgress } from './progress.ts'

export interface RestoreFlags {
  readonly replace?: boolean
  readonly backupKeyFile?: string
  readonly erased?: string
  readonly keepApiTokens?: boolean
  readonly json?: boolean
}

/** Takes a backup back, has what is left of that done, and says what doctor finds. */
export async function restore(environment: Environment, from: string, flags: RestoreFlags): Promise<ExitCode> {
  const { replace = false, backupKeyFile = null, erased = null, keepApiTokens = false, json = false } = flags
  const settings = settingsFrom(environment)
  const progress = await showProgress({
    total: 100,
    quiet: json,
    inWords: (percent) => `${percent} % of the backup are read.`,
    whenStopped: 'Stopped.',
  })
  const placed = await placeBackup(settings, {
    ...{ backup: from, replace, backupKeyFile, erasedFile: erased, keepApiTokens },
    ...{ clock: Date.now, environment },
    reach: (done, of) => progress.reach(Math.floor((100 * done) / Math.max(1, of))),
  }).catch((thrown: unknown) => {
    progress.clear()
    throw thrown
  })
  // Opening it takes the steps of the schema that are missing, and does what is left.
  const directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })
  const users = await countUsers(directory).finally(() => directory.close())
  const findings = await examine(environment)
  const isBroken = findings.some(({ state }) => state === 'broken')

  progress.end(inWords(placed, { users, keepApiTokens }), true)
  if (json) sayJson(answerOf(placed, { users, findings }))
  else say(report(findings))
  return isBroken ? exitCodes.failed : exitCodes.ok
}

/** `users` are those who are there now: fewer than in the backup, if some of these are erased again. */
function answerOf(
  { manifest, aside, erased, asideUnreadable }: PlacedBackup,
  { users, findings }: { users: number | null; findings: object },
): object {
  const { madeAt, version, schema, counts } = manifest
  return {
    madeAt,
    version,
    schema,
    ...counts,
    ...(users !== null && { users }),
    aside,
    erased,
    asideUnreadable,
    findings,
  }
}

function inWords(
  { manifest, aside, erased, asideUnreadable }: PlacedBackup,
  { users, keepApiTokens }: { users: number | null; keepApiTokens: boolean },
): string {
  return [
    `The directory is as it was on ${manifest.madeAt}, with ${countOf(users ?? manifest.counts.users, 'user', 'users')}.`,
    `All sessions${keepApiTokens ? '' : ', API tokens'} and mailed links are over. Who was erased is erased again: ${countOf(erased, 'id is', 'ids are')} known.`,
    ...(aside === null ? [] : [`What was there before is in ${aside}.`]),
    ...(asideUnreadable
      ? ['That could not be opened: whom it has erased is known from erased.ids and --erased only.']
      : []),
    'Who was deactivated, demoted or deleted since is as they were: look at those before you let anybody in.',
  ].join('\n')
}
