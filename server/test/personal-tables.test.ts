import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { personalTables } from '../src/store/engines/postgres/cleaning.ts'
import { columnsOf } from './columns.ts'
import { engines } from './place.ts'
import { openWorld } from './world.ts'

/** What is about nobody, as the page says. */
const impersonal = [
  'active_admins',
  'facts',
  'migrations',
  'organization_slugs',
  'organizations',
  'rate_limits',
  'signing_keys',
  'user_count_deltas',
  'user_counts',
]

/** Columns by which a row says whose it is, and that need not be cleaned of what was deleted: they hold no word of anybody. */
const wordless = ['erasures', 'imports', 'link_requests']

/** The tables of the page, with what stands in backquotes in their second cell. */
async function documented(): Promise<Map<string, string[]>> {
  const page = await readFile(join(import.meta.dirname, '../../docs/privacy.md'), 'utf8')
  const quoted = (cell = '') => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name ?? '')
  const lines = page.split('\n').filter((line) => line.startsWith('| `') && line.split('|').length === 6)
  return new Map(
    lines.map((line) => line.split('|')).map(([, table, columns]) => [quoted(table)[0] ?? '', quoted(columns)]),
  )
}

for (const engine of engines) {
  test(`${engine}: the page on data protection names every column of every table, and the tables that are about people are cleaned`, async () => {
    await using world = await openWorld({ engine })
    const page = await documented()

    for (const [table, columns] of await columnsOf(world)) {
      if (impersonal.includes(table)) {
        assert.ok(!columns.some((column) => /(^|_)user_id$/.test(column)), `${table} has rows of users`)
        continue
      }
      assert.ok(page.has(table), `docs/privacy.md does not name the table ${table}`)
      for (const column of columns)
        assert.ok(page.get(table)?.includes(column), `docs/privacy.md does not name ${table}.${column}`)
      const isCleaned = wordless.includes(table) || (personalTables as readonly string[]).includes(table)
      assert.ok(isCleaned, `what is deleted from ${table} has to be cleaned: name it in personalTables`)
    }
  })
}
