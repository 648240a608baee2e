import { openDirectoryFor } from '../app/directory.ts'
import { ownFaults } from '../app/faults.ts'
import { type Log, openLog } from '../app/log.ts'
import { withPort } from '../app/port.ts'
import { openSetUpLink } from '../app/set-up-link.ts'
import type { Environment, Settings } from '../app/settings.ts'
import { banner } from './banner.ts'
import { complain, type ExitCode, exitCodes, say, settingsFrom } from './command.ts'

const stopSignals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const
type StopSignal = keyof typeof stopSignals

/** Beyond the grace that requests get; whatever still hangs then is cut off. */
const closingMsMax = 10_000
/** A terminal sends Ctrl-C to npm and to us, and npm hands it on: the echo of one keystroke is no second one. */
const echoMsMax = 300

/** Serves until a signal or a fault ends it. The directory opens, in a thread of its own, while everything that speaks is being loaded. */
export async function serve(environment: Environment): Promise<ExitCode> {
  const settings = await withPort(settingsFrom(environment))
  const log = openLog(settings, { ownFaults })
  const end = awaitEnd(log, settings)
  const assembly = Promise.withResolvers<typeof import('../app/assemble.ts')>()
  const meanwhile = () => assembly.resolve(import('../app/assemble.ts'))
  const directory = openDirectoryFor(settings, { log, meanwhile })
  directory.catch(assembly.reject)
  const { openRoster } = await assembly.promise
  await using roster = await openRoster(settings, { log, directory })
  roster.lost.then((fault) => {
    log.error('directory-lost', { fault })
    end.ask(exitCodes.failed)
  })
  const admins = await roster.directory.core.directory.users.activeAdmins()
  const setUpLink = settings.production ? await openSetUpLink(roster.directory.core, settings) : null

  if (settings.production) log.info('serving', { durationMs: Math.round(performance.now()) })
  else say(await banner(roster, settings))
  if (admins === 0) {
    if (settings.production) log.warn('no-active-admin', { code: 'npx roster create-admin' })
    const link = setUpLink === null ? '' : 'follow the link on standard output, or '
    complain(`Nobody can administer this directory yet: ${link}run \`npx roster create-admin\`.`)
  }
  if (setUpLink !== null) say(`Whoever opens this link within half an hour becomes the first admin, once: ${setUpLink}`)

  const code = await end.asked
  if (settings.production) log.info('stopping')
  await roster.close()
  if (settings.production) log.info('stopped')
  else say('\n  Stopped.')
  return code
}

/**
 * Settles once, with the code to exit with: 0 for a signal, 1 for a fault that nobody caught or a directory that is lost. A second signal
 * ends the process at once, and so does a fault while it is closing.
 */
function awaitEnd(
  log: Log,
  { shutdownGraceSeconds }: Settings,
): { asked: Promise<ExitCode>; ask(code: ExitCode): void } {
  const asked = Promise.withResolvers<ExitCode>()
  let askedAtMs: number | null = null

  function ask(code: ExitCode) {
    askedAtMs = performance.now()
    asked.resolve(code)
    setTimeout(
      () => {
        log.error('closing-took-too-long')
        process.exit(exitCodes.failed)
      },
      shutdownGraceSeconds * 1000 + closingMsMax,
    ).unref()
  }

  for (const signal of Object.keys(stopSignals) as StopSignal[]) {
    process.on(signal, () => {
      if (askedAtMs === null) return ask(exitCodes.ok)
      const isEcho = signal === 'SIGINT' && process.stdin.isTTY && performance.now() - askedAtMs < echoMsMax
      if (!isEcho) process.exit(128 + stopSignals[signal])
    })
  }
  // A rejection that nobody handles arrives here as well.
  process.on('uncaughtException', (fault) => {
    log.error('uncaught-fault', { fault })
    if (askedAtMs !== null) process.exit(exitCodes.failed)
    ask(exitCodes.failed)
  })
  return { asked: asked.promise, ask }
}
