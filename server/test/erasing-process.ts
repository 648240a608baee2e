import { openDirectoryFor } from '../src/app/directory.ts'
import { openFinisher } from '../src/app/erasures.ts'
import { openLog } from '../src/app/log.ts'
import { eraseAgain } from '../src/core/erasures/erase-again.ts'
import type { UserId } from '../src/core/users/user.ts'
import { startedAtMs } from './cast.ts'
import { settingsFrom } from './place.ts'

/* Erases whoever is named, says how far it is, and is killed somewhere on the way. */

const [userId = ''] = process.argv.slice(2)
const settings = settingsFrom(process.env as Record<string, string>)
const log = openLog(settings, { out: { write: () => {} } })
const { core, engine } = await openDirectoryFor(settings, { log, clock: () => startedAtMs })

const steps = {
  erasing: () => eraseAgain(core, [userId as UserId]),
  finishing: () => openFinisher({ core, engine: { ...engine, beginCleaning } })(startedAtMs),
}

function beginCleaning() {
  process.stdout.write('cleaning\n')
  return engine.beginCleaning()
}

for (const [name, step] of Object.entries(steps)) {
  process.stdout.write(`${name}\n`)
  await step()
}
process.stdout.write('done\n')
