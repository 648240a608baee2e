import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRoster } from '../server/src/app/assemble.ts'
import { contracts } from '../server/src/app/contracts.ts'
import { openLog } from '../server/src/app/log.ts'
import { readSettings } from '../server/src/app/settings.ts'

/*
 * Has every API description that a server gives judged by Spectral, with the rules of OWASP's API security top 10, and by Redocly at its strictest.
 * Anything that either of them has to say is a failure. Which rules are off, and why, stands in `spectral.yaml` and `redocly.yaml`.
 */

const here = import.meta.dirname
const described = join(here, 'described')

await using place = await openPlace()
const files = await writeDescriptions(place.directory)
const verdicts = [
  run('spectral', ['lint', '--ruleset', 'spectral.yaml', '--fail-severity', 'hint', ...files]),
  run('redocly', ['lint', '--config', 'redocly.yaml', '--format', 'stylish', ...files]),
]
process.exitCode = verdicts.every(Boolean) ? 0 : 1

async function openPlace() {
  const directory = await mkdtemp(join(tmpdir(), 'roster-quality-'))
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) }
}

/** Asks a server that runs as one in production would. Answers the files below `quality/`. */
async function writeDescriptions(directory) {
  const { settings, mistakes } = readSettings({
    DATA_DIR: directory,
    PORT: '0',
    PUBLIC_URL: 'https://users.acme.test',
    DEVELOPMENT_ON_NETWORK: 'yes',
  })
  if (mistakes) throw new Error(JSON.stringify(mistakes))
  const log = openLog(settings, { out: { write: () => {} } })
  await using roster = await openRoster(settings, { log, populate: async () => {} })
  await rm(described, { recursive: true, force: true })
  await mkdir(described)
  const names = Object.keys(contracts)
  for (const name of names) {
    const mount = settings.mounts[name] === '/' ? '' : settings.mounts[name]
    const answer = await fetch(`http://127.0.0.1:${roster.port}${mount}/openapi.json`)
    if (answer.status !== 200) throw new Error(`${name} is not described: ${answer.status}`)
    await writeFile(join(described, `${name}.json`), JSON.stringify(await answer.json(), null, 2))
  }
  return names.map((name) => `described/${name}.json`)
}

/** Warnings of Redocly do not fail it, so what it prints is looked at. */
function run(program, words) {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const bin = join(here, 'node_modules', '.bin', program)
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], { cwd: here, encoding: 'utf8', env })
  const said = `${stdout}${stderr}`
  console.log(said)
  return status === 0 && !/\bwarnings?\b/i.test(said.replace(/\b(?:0|no) warnings?\b/gi, ''))
}
