import { resolve } from 'node:path'
import { openDirectoryFor } from '../app/directory.ts'
import { explain } from '../app/faults.ts'
import { makeMasterKeyIn, readMasterKeyIn } from '../app/master-key.ts'
import { rotateMasterKey } from '../app/rotate-master-key.ts'
import { type Environment, lies } from '../app/settings.ts'
import { causeOf, type ExitCode, exitCodes, logAside, say, sayJson, settingsFrom, UsageError } from './command.ts'

export interface MasterKeyOptions {
  readonly newKeyFile?: string
  /** Where a key is to be made. */
  readonly generate?: string
  readonly json?: boolean
}

/** Wraps the directory key under another master key, beside a running server as well. No key is ever printed. */
export async function rotateMaster(environment: Environment, options: MasterKeyOptions): Promise<ExitCode> {
  const { newKeyFile, generate, json = false } = options
  const settings = settingsFrom(environment)
  const named = newKeyFile ?? generate
  if (named === undefined || (newKeyFile !== undefined && generate !== undefined)) {
    throw new UsageError('Give the new master key by --new-key-file, or have one made by --generate.')
  }
  const file = resolve(named)
  if (settings.production && lies(file, settings.dataDirectory)) {
    throw new UsageError(
      'In production the master key lies outside DATA_DIR: a copy of the data must not hold its key.',
    )
  }
  await rotateMasterKey(settings, async () => {
    if (generate !== undefined) await makeKeyFile(file)
    return readMasterKeyIn(file, generate === undefined ? '--new-key-file' : '--generate').catch(inUsage)
  })

  if (json) sayJson({ masterKeyFile: file, made: generate !== undefined })
  else {
    say(`The directory opens with the master key in ${file} from now on, and with no other: give the next start`)
    say(
      `MASTER_KEY_FILE=${file}. A server that runs goes on. Backups from before need the old key: keep it as long as them.`,
    )
  }
  return exitCodes.ok
}

/** What is wrong with the file is wrong with what the operator named. */
function inUsage(thrown: unknown): never {
  const explained = explain(thrown)
  throw explained === null ? thrown : new UsageError(explained)
}

async function makeKeyFile(file: string): Promise<void> {
  try {
    await makeMasterKeyIn(file)
  } catch (thrown) {
    throw new UsageError(`${file} cannot be made: ${causeOf((thrown as NodeJS.ErrnoException).code)}.`)
  }
}

/** Has a new key sign access tokens, on every node at once. */
export async function rotateSigning(
  environment: Environment,
  { revoke = false, json = false }: { revoke?: boolean; json?: boolean },
): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })
  if (revoke) await directory.tokens.revoke()
  else await directory.tokens.rotate(-1)
  const { keys } = directory.tokens.jwks(Math.floor(Date.now() / 1000))
  const [fresh] = keys

  if (json) sayJson({ kid: fresh?.kid, revoked: revoke, verifying: keys.map(({ kid }) => kid) })
  else if (revoke)
    say(
      `${fresh?.kid} signs from now on. What was signed before is void: clients get new tokens with their refresh tokens.`,
    )
  else say(`${fresh?.kid} signs from now on. What was signed before is good until it expires.`)
  return exitCodes.ok
}
