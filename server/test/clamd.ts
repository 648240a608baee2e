import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openClamd } from '../src/adapters/clamd.ts'
import { until } from './timing.ts'

const program = '/usr/sbin/clamd'

/** What is said where it is missing. */
export const isClamdInstalled = existsSync(program)
export const clamdIsMissing = [
  `${program} is not installed, so nothing was scanned by a real ClamAV here, only the dialogue with one was tried.`,
  'On Debian and Ubuntu: apt-get install clamav-daemon',
].join('\n')

/** Only one signature is known to it: these bytes, wherever they stand. */
export const marker = 'RosterMarkerSignature'
export const signature = 'Roster.Marker'

export interface RunningClamd extends AsyncDisposable {
  readonly url: string
  stop(): Promise<void>
}

/** A real clamd with a database of its own, on a socket of its own. */
export async function startClamd(): Promise<RunningClamd> {
  const place = await mkdtemp(join(tmpdir(), 'roster-clamd-'))
  const path = join(place, 'clamd.ctl')
  await writeFile(join(place, 'roster.ndb'), `${signature}:0:*:${Buffer.from(marker).toString('hex')}\n`)
  const settings = ['Foreground yes', `LocalSocket ${path}`, `DatabaseDirectory ${place}`, 'StreamMaxLength 6M']
  await writeFile(join(place, 'clamd.conf'), `${settings.join('\n')}\n`)
  const child = spawn(program, ['--config-file', join(place, 'clamd.conf')], { stdio: 'ignore' })
  const clamd = openClamd({ path })
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`clamd ended with ${child.exitCode}`)
    return existsSync(path) && (await clamd.trouble()) === null
  })
  const stop = () => end(child)
  return {
    url: `unix://${path}`,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(place, { recursive: true, force: true })
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
