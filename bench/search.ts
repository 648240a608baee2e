import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDirectoryFor } from '../server/src/app/directory.ts'
import { openLog } from '../server/src/app/log.ts'
import { readSettings, tellMistakes } from '../server/src/app/settings.ts'
import { demo } from '../server/src/cli/demo.ts'
import { system } from '../server/src/core/actor.ts'
import type { Core } from '../server/src/core/ports.ts'
import { newestFirst, nobodyLeftOut } from '../server/src/core/users/list-users.ts'

/*
 * How long the first page of a search takes, with its total, for terms of one, two, three and eight code points.
 *
 *   npm run bench:search [-- people [rounds]]        100,000 people, 20 rounds
 *
 * Fills a directory of its own, in DATABASE_URL when it is set, and prints the 50th and 99th percentiles for each term: rare, common and absent.
 * No answer is remembered from one round to the next, because somebody is changed between them.
 */

const people = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 20)
const terms = [
  ['ж', 'a', 'ↄ'],
  ['小龙', 'an', 'zx'],
  ['nko', 'com', 'zzq'],
  ['kovalevs', 'example.', 'beatrizz'],
]

const directory = await mkdtemp(join(tmpdir(), 'roster-bench-'))
const environment = { ...process.env, DATA_DIR: directory, RATE_LIMITS: 'off', LOG_LEVEL: 'error' }
try {
  await demo(environment, { users: people })
  const read = readSettings(environment)
  if (read.mistakes) throw new Error(tellMistakes(read.mistakes))
  const log = openLog(read.settings, { out: process.stderr })
  await using open = await openDirectoryFor(read.settings, { log })
  for (const term of terms.flat()) await measure(open.core, term)
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function measure(core: Core, term: string): Promise<void> {
  const somebody = (await page(core, 'a')).id ?? (await page(core, 'com')).id
  const took: number[] = []
  let found = ''
  for (let round = 0; round < rounds; round += 1) {
    const status = round % 2 === 0 ? 'inactive' : 'active'
    if (somebody !== undefined) await core.commit('set-user-status', { actor: system, id: somebody, status })
    const startedAt = performance.now()
    found = (await page(core, term)).found
    took.push(performance.now() - startedAt)
  }
  took.sort((a, b) => a - b)
  const shown = (percent: number) => (took[Math.min(rounds - 1, Math.floor((rounds * percent) / 100))] ?? 0).toFixed(1)
  console.log(`${term}\t${found} found\tp50 ${shown(50)} ms, p99 ${shown(99)} ms`)
}

async function page(core: Core, term: string) {
  const { users, total, totalIsExact } = await core.directory.users.page({
    filter: { ...nobodyLeftOut, words: [term] },
    order: newestFirst,
    from: { offset: 0 },
    limit: 20,
    count: true,
  })
  return { found: `${totalIsExact ? '' : 'at least '}${total}`, id: users[0]?.id }
}
