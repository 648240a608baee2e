import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markRepeated } from '../src/bulk/lines.ts'
import { readPastedList } from '../src/bulk/pasted-list.ts'
import { fullName, guessMapping, linesOf, NoTable, readTable } from '../src/bulk/table.ts'
import { userColumns } from '../src/pages/new-users/columns.ts'
import { unmarked, writeCsv } from '../src/ui/csv.ts'

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer

test('people are read from a pasted list however they are written', () => {
  const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' }
  for (const written of [
    'Ada Lovelace <ada@example.com>',
    '"Lovelace, Ada" <ada@example.com>',
    'Ada Lovelace ada@example.com',
    'ada@example.com, Ada Lovelace',
    'Ada\tLovelace\tada@example.com',
    'ada@example.com,Ada,Lovelace',
    'Ada, Lovelace, ada@example.com',
    'ada@example.com;Ada;Lovelace',
    '"Ada","Lovelace","ada@example.com"',
    '"Lovelace, Ada", ada@example.com',
    'Lovelace, Ada ada@example.com',
    'Lovelace, Ada <ada@example.com>',
    'Ada;ada@example.com;Lovelace',
    'Lovelace, Ada\tada@example.com',
    'ada@example.com\tLovelace, Ada',
    'Lovelace, Ada; ada@example.com',
    'Ada|Lovelace|ada@example.com|',
    'Ada\tLovelace\t<ada@example.com>',
    'Lovelace, Ada, <ada@example.com>',
    ' - Ada Lovelace (ada@example.com)',
    '12. Ada Lovelace <mailto:ada@example.com>',
  ]) {
    assert.deepEqual(readPastedList(written), [{ line: 1, cells: ada, problem: null }], written)
  }
  assert.deepEqual(readPastedList('\r\nada@example.com\r\n\r\n'), [
    { line: 2, cells: { email: 'ada@example.com' }, problem: null },
  ])
})

test('a quote within a name opens no cell', () => {
  assert.deepEqual(readPastedList('Ada "the Countess" Lovelace, ada@example.com')[0]?.cells, {
    email: 'ada@example.com',
    firstName: 'Ada the Countess',
    lastName: 'Lovelace',
  })
})

test('several people in one line are told apart, and what nobody understands is said', () => {
  const several = readPastedList(
    'Ada Lovelace <ada@example.com>, "Hopper, Grace" <grace@example.com>; linus@example.com',
  )
  assert.deepEqual(
    several.map(({ cells }) => cells),
    [
      { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
      { email: 'grace@example.com', firstName: 'Grace', lastName: 'Hopper' },
      { email: 'linus@example.com' },
    ],
  )
  for (const bad of [
    'Ada Lovelace',
    'ada@',
    'a@b@c',
    '<@example.com>',
    'a@example.com b@example.com who is this',
    'a@example.com,Ada,King,Lovelace',
    'a@example.com,"Lovelace, Ada",admin',
    '1\tAda\tLovelace\ta@example.com',
  ]) {
    assert.ok(
      readPastedList(bad).some(({ problem }) => problem !== null),
      bad,
    )
  }
})

test('the second of two lines for one address is left out, whatever its case', () => {
  const [first, second] = markRepeated(readPastedList('ada@example.com\n\nADA@example.com'))
  assert.equal(first?.problem, null)
  assert.equal(second?.problem, 'The same as in line 1.')
})

test('a table is read with any separator, with quotes and line breaks, and its columns are guessed by their names', async () => {
  const table = await readTable(
    bytes(
      '\ufeffE-Mail;Vorname;Surname;Shoe size;Role\r\nada@example.com;Ada;"Lovelace;\r\nCountess";37;viewer\r\n;;;;\r\n',
    ),
  )
  assert.deepEqual(guessMapping(table, userColumns), ['email', 'firstName', 'lastName', null, 'role'])
  assert.deepEqual(linesOf(table, ['email', 'firstName', 'lastName', null, 'role'])[0], {
    line: 2,
    cells: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace;\nCountess', role: 'viewer' },
    problem: null,
  })
  const nameless = await readTable(bytes('Ada Lovelace,ada@example.com\nGrace Hopper,grace@example.com\n'))
  assert.deepEqual(guessMapping(nameless, userColumns), [null, 'email'])
  assert.deepEqual(linesOf(nameless, [fullName.name, 'email'])[1]?.cells, {
    email: 'grace@example.com',
    firstName: 'Grace',
    lastName: 'Hopper',
  })
})

test('what Windows wrote is read, and what is no table is said', async () => {
  const windows = await readTable(
    Uint8Array.from([...'email,first\na@b,J'].map((c) => c.charCodeAt(0)).concat(0xf6, 0x72)).buffer,
  )
  assert.equal(windows.lines[0]?.cells[1], 'Jör')
  for (const bad of ['', 'email,name\n', 'email\n"a@example.com\n'])
    await assert.rejects(readTable(bytes(bad)), NoTable)
})

test('no cell of what is downloaded is run by a spreadsheet, and every text comes back', async () => {
  const texts = ['=1+1', '+1', "'=x", '@x', 'a;=b', '\t=1', 'plain, "quoted"', "'t Hooft", '＝1']
  const csv = writeCsv([['text', 'end'], ...texts.map((text) => [text, '.'])])
  assert.match(csv, /^'=1\+1,/m)
  assert.match(csv, /^a;'=b,/m)
  assert.match(csv, /^''t Hooft,/m)
  assert.deepEqual(
    texts.map((text) =>
      unmarked(
        writeCsv([[text]])
          .trimEnd()
          .replace(/^"|"$/g, '')
          .replaceAll('""', '"'),
      ),
    ),
    texts,
  )
})
