import { openDirectoryFor } from '../app/directory.ts'
import { inspectDirectory, stepsAfter } from '../app/inspection.ts'
import type { Environment, Settings } from '../app/settings.ts'
import { type ExitCode, exitCodes, logAside, say, sayJson, settingsFrom } from './command.ts'

/** Brings the schema up to date and says which steps that took. Beside a running server there is none to take. */
export async function migrate(environment: Environment, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  const steps = stepsAfter(await reachedStep(settings))
  // Opening a directory is what takes them.
  const directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })
  await directory.close()

  if (json) sayJson({ applied: steps })
  else if (steps.length === 0) say('The schema was up to date: there was nothing to do.')
  else {
    say('The schema is up to date. Steps taken:')
    for (const { number, name } of steps) say(`  ${String(number).padStart(3, '0')}  ${name}`)
  }
  return exitCodes.ok
}

async function reachedStep(settings: Settings): Promise<number> {
  const inspection = await inspectDirectory(settings)
  if (inspection === null) return 0
  const { reached } = inspection.schema
  await inspection[Symbol.asyncDispose]()
  return reached
}
