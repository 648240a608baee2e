import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import newman from 'newman'
import { openRoster } from '../server/src/app/assemble.ts'
import { openLog } from '../server/src/app/log.ts'
import { readSettings } from '../server/src/app/settings.ts'
import { smallPng } from '../server/test/images.ts'

/* Has newman run the collection for Postman against a server in development that begins with an empty directory, within its rate limits. */

const directory = await mkdtemp(join(tmpdir(), 'roster-postman-'))
try {
  await writeFile(join(directory, 'avatar.png'), smallPng)
  const { settings, mistakes } = readSettings({ DATA_DIR: join(directory, 'data'), PORT: '0' })
  if (mistakes) throw new Error(JSON.stringify(mistakes))
  const log = openLog(settings, { out: { write: () => {} } })
  await using roster = await openRoster(settings, { log })
  const answer = await fetch(`http://127.0.0.1:${roster.port}/postman/users-collection.json`)
  if (answer.status !== 200) throw new Error(`there is no collection: ${answer.status}`)
  const failures = await run(await answer.json())
  process.exitCode = failures === 0 ? 0 : 1
} finally {
  await rm(directory, { recursive: true, force: true })
}

/** Answers how many tests failed. */
function run(collection) {
  return new Promise((resolve, reject) => {
    newman.run({ collection, workingDir: directory, reporters: ['cli'] }, (fault, summary) => {
      if (fault) reject(fault)
      else resolve(summary.run.failures.length)
    })
  })
}
