import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Column, tableLines } from './table.ts'

const columns: readonly Column<readonly string[]>[] = [
  { title: 'ID', of: ([id = '']) => id, least: 4 },
  { title: 'NAME', of: ([, name]) => name ?? null, least: 6 },
  { title: 'ROLE', of: () => 'user', least: 4 },
]

test('columns line up whatever the script, and what has too little room is cut', async () => {
  const rows = [['1001', '王小明'], ['1002', 'Ada Lovelace'], ['1003', '👩‍🔬 scientist'], ['1004']]

  assert.deepEqual(await lines(rows), [
    'ID    NAME          ROLE',
    '1001  王小明        user',
    '1002  Ada Lovelace  user',
    '1003  👩‍🔬 scientist  user',
    '1004  -             user',
  ])
  assert.deepEqual(await lines(rows, 20), [
    'ID    NAME      ROLE',
    '1001  王小明    user',
    '1002  Ada Lov…  user',
    '1003  👩‍🔬 scie…  user',
    '1004  -         user',
  ])
})

test('nothing that somebody is called moves the cursor, changes colours or turns the text around', async () => {
  const [, row] = await lines([['1', '\u001b[31mred\u001b[0m\u001b]0;title\u0007\r\n\u202eevil\u009b2J\u2028']])

  assert.equal(row?.replaceAll('\ufffd', ''), '1   redevil  user')
  assert.doesNotMatch(row ?? '', /[\p{Cc}\u202e\u2028]/u)
})

async function lines(rows: readonly (readonly string[])[], width?: number): Promise<string[]> {
  const all: string[] = []
  for await (const line of tableLines(rows, columns, width)) all.push(line)
  return all
}
