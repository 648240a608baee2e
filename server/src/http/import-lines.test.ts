import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../core/limits.ts'
import { HeaderTrouble, type ImportFormat, type ImportLine, readImport } from './import-lines.ts'

/** The lines of a file that comes in pieces of so many bytes. */
async function read(format: ImportFormat, file: string | Buffer, pieceBytes = 1000): Promise<ImportLine[]> {
  const bytes = Buffer.from(file)
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes)
  }
  const lines: ImportLine[] = []
  for await (const chunk of readImport(pieces(), format)) {
    assert.ok(chunk.lines.length <= limits.importLinesAtOnce)
    lines.push(...chunk.lines)
  }
  return lines
}

/** What was read of each line; of one that has faults, where they are. */
function gist(lines: readonly ImportLine[]) {
  return lines.map(({ line, form }) => [
    line,
    form.faults.length > 0 ? form.faults.map(({ field, flaw }) => `${field}: ${flaw}`) : form.values,
  ])
}

test('a file says the same however it comes, with or without marks and carriage returns', async () => {
  const users = [{ email: 'ada@example.org', firstName: 'Ädä, “the” first' }, { email: 'bo@example.org' }]
  const ndjson = users.map((user) => JSON.stringify(user))
  const csv = ['email,firstName', 'ada@example.org,"Ädä, “the” first"', 'bo@example.org,']
  const files: [ImportFormat, string, number[]][] = [
    ['ndjson', ndjson.join('\n'), [1, 2]],
    ['ndjson', `\ufeff${ndjson.join('\r\n')}\r\n\r\n`, [1, 2]],
    ['ndjson', `\n\n${ndjson.join('\n\n')}\n`, [3, 5]],
    ['csv', csv.join('\n'), [2, 3]],
    ['csv', `\ufeff${csv.join('\r\n')}\r\n`, [2, 3]],
    ['csv', `${csv.join('\n\n')}\n\n\n`, [3, 5]],
  ]
  for (const [format, file, numbers] of files) {
    for (const pieceBytes of [1, 2, 3, 7, 1000]) {
      const expected = users.map((user, place) => [numbers[place], user])
      assert.deepEqual(gist(await read(format, file, pieceBytes)), expected, `${format}, ${pieceBytes}`)
    }
  }
})

test('a line that cannot be read is told, and no other suffers from it', async () => {
  const good = { email: 'a@example.org' }
  const json = JSON.stringify(good)
  const long = JSON.stringify({ bio: 'x'.repeat(limits.importLineBytesMax) })
  const bad: [string | Buffer, string[]][] = [
    ['{', [': wrong_type']],
    ['null', [': wrong_type']],
    ['["a"]', [': wrong_type']],
    [Buffer.from('{"email":"\xff"}', 'latin1'), [': wrong_type']],
    [`{"attributes":${'['.repeat(100)}`, [': too_deep']],
    [long, [': too_long']],
    [
      '{"email":1,"emailVerified":"yes","password":"x"}',
      ['email: wrong_type', 'emailVerified: wrong_type', 'password: unknown_field'],
    ],
    [
      '{"profile":{"bio":1,"x":2},"attributes":[]}',
      ['profile.bio: wrong_type', 'profile.x: unknown_field', 'attributes: wrong_type'],
    ],
    ['{"__proto__":{"email":"x"}}', ['__proto__: unknown_field']],
  ]
  for (const [line, faults] of bad) {
    const file = Buffer.concat([Buffer.from(`${json}\n`), Buffer.from(line), Buffer.from(`\n${json}`)])
    assert.deepEqual(
      gist(await read('ndjson', file)),
      [
        [1, good],
        [2, faults],
        [3, good],
      ],
      String(line).slice(0, 60),
    )
  }
})

test('a record of CSV that is broken is told, and no other suffers from it', async () => {
  const good = { email: 'a@example.org', firstName: 'A' }
  const bad: [string | Buffer, string[]][] = [
    ['"a@example.org,B', [': wrong_type']],
    ['a"@example.org,B', [': wrong_type']],
    ['"a"@example.org,B', [': wrong_type']],
    ['a@example.org', [': wrong_type']],
    ['a@example.org,B,', [': wrong_type']],
    [`"${'x'.repeat(limits.importLineBytesMax)}",B`, [': too_long']],
    [Buffer.from('\xff,B', 'latin1'), [': wrong_type']],
  ]
  for (const [line, faults] of bad) {
    const [head, record] = [Buffer.from('email,firstName\n'), Buffer.from('\na@example.org,A')]
    const file = Buffer.concat([head, record.subarray(1), Buffer.from('\n'), Buffer.from(line), record, record])
    const expected = [
      [2, good],
      [3, faults],
      [4, good],
      [5, good],
    ]
    assert.deepEqual(gist(await read('csv', file)), expected, String(line).slice(0, 60))
  }
})

test('a value of CSV is true or false in any case, and an empty one is none', async () => {
  const lines = await read('csv', 'emailVerified,email\nTRUE,a\nfalse,\n,b\nyes,c\n')

  assert.deepEqual(gist(lines), [
    [2, { emailVerified: true, email: 'a' }],
    [3, { emailVerified: false }],
    [4, { email: 'b' }],
    [5, ['emailVerified: not_one_of']],
  ])
})

test('a header that says something else than the names of columns is told without repeating it', async () => {
  for (const header of [
    'ada@example.org,Ada',
    'email,email',
    'email, email',
    'email,"',
    'email;firstName',
    '\xff',
    'email,__proto__',
    'x'.repeat(300_000),
  ]) {
    await assert.rejects(read('csv', `${header}\nx,y`), (thrown) => {
      assert.ok(thrown instanceof HeaderTrouble)
      assert.doesNotMatch(thrown.message, /ada|proto|;|\xff/i)
      return true
    })
  }
  assert.deepEqual(await read('csv', ''), [])
  assert.deepEqual(await read('csv', 'email\n'), [])
})

test('of a line without end no more is held than a line may have', async () => {
  const piece = Buffer.alloc(1024 * 1024, 'x')
  async function* endless() {
    for (let count = 0; count < 300; count += 1) yield piece
    yield Buffer.from('\n{}')
  }
  const before = process.memoryUsage().rss
  const lines: ImportLine[] = []
  for await (const chunk of readImport(endless(), 'ndjson')) lines.push(...chunk.lines)

  assert.deepEqual(gist(lines), [
    [1, [': too_long']],
    [2, {}],
  ])
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024
  assert.ok(grown < 200, `grew by ${grown} MiB`)
})
