import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import type { ExportedUser } from '../core/users/export-users.ts'
import { defused, restored } from './cells.ts'
import { writeExport } from './export-lines.ts'
import { readImport } from './import-lines.ts'

/** Texts that are mostly made of what means something to a spreadsheet. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'=\'+-@＝＋－＠;,|"\t\r\n \u00a0\u200b\ufeff\u2003', 'x', '1'),
      fc.string({ unit: 'grapheme' }),
    ),
  )
  .map((parts) => parts.join(''))

/** What a spreadsheet may take for a cell: the whole, or what stands behind a separator or a line break that it does not know to be quoted. */
function cellsIn(text: string): string[] {
  return [text, ...text.split(/[;|\t\r\n]/)].map((cell) => cell.replace(/^[\s"\p{Default_Ignorable_Code_Point}]+/u, ''))
}

test('no cell begins with what a spreadsheet runs, whatever it trims and wherever it cuts; and every text comes back', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const cell = defused(text)
      for (const part of cellsIn(cell)) assert.doesNotMatch(part, /^[=+\-@＝＋－＠]/)
      assert.equal(restored(cell), text)
    }),
    { numRuns: 2_000 },
  )
})

test('a mark that nobody made stays, and one that somebody else made goes', () => {
  for (const text of ["'tis", "O'Brien", "don't", 'a=b', '1-2', 'a;b', 'Zoë']) {
    assert.equal(restored(text), text)
    assert.equal(text.startsWith("'") || defused(text) === text, true)
  }
  assert.equal(restored("'=1+1"), '=1+1')
  assert.equal(defused("'=1+1"), "''=1+1")
})

test('of a long hostile cell no more is done than to go through it', () => {
  const text = '\t'.repeat(1_000_000)
  const startedAt = process.cpuUsage().user
  assert.equal(restored(`'${text}'`).length, text.length + 1)
  assert.ok(process.cpuUsage().user - startedAt < 5_000_000)
})

test('a file of hostile values is one that a parser of CSV and an import read as what was written', async () => {
  const value = hostile.map((text) => text.replace(/[\r\n]/g, ''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ email: value, firstName: value, redirectUri: value }), { maxLength: 20 }),
      async (people) => {
        const users = people.map((values) => ({ user: userWith(values), ...nothing }) as unknown as ExportedUser)
        const lines = (async function* () {
          yield users.map((exported) => ({ kind: 'user', exported, pictures: null }) as const)
        })()
        let file = ''
        for await (const text of writeExport(lines, 'csv', { credentials: false })) file += text
        const records: string[][] = parse(file, { record_delimiter: '\r\n' })
        assert.equal(records.length, people.length + 1)
        for (const cell of records.flat()) assert.doesNotMatch(cell.trimStart(), /^[=+\-@]/)

        const read: unknown[] = []
        for await (const chunk of readImport(bytesOf(file), 'csv'))
          read.push(...chunk.lines.map(({ form }) => form.values))

        const known = people.map((values) =>
          Object.fromEntries(Object.entries(values).filter(([, text]) => text !== '')),
        )
        assert.deepEqual(
          read,
          known.map((values) => ({ ...always, ...values })),
        )
      },
    ),
    { numRuns: 200 },
  )
})

const at = Date.parse('2026-01-05T09:00:00.000Z')
const always = {
  id: 'x',
  number: 1,
  role: 'user',
  status: 'active',
  emailVerified: false,
  ...{ createdAt: instant(), updatedAt: instant() },
}
const nothing = { memberships: [], avatarHash: null, password: null, factors: [] }

function userWith({ redirectUri, ...values }: { email: string; firstName: string; redirectUri: string }) {
  const particulars = { avatar: null, redirectUri }
  const instants = { createdAtMs: at, updatedAtMs: at, lastLoginAtMs: null }
  return { ...always, username: null, lastName: null, ...instants, ...values, particulars }
}

function instant(): string {
  return new Date(at).toISOString()
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  yield Buffer.from(file)
}
