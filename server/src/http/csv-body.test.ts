import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../core/limits.ts'
import { readTable } from './csv-body.ts'
import { openToyServer, seen, usersContract } from './testing/toys.ts'

async function read(text: string | Buffer, linesMax = 10) {
  const done = await readTable(Buffer.from(text as string), linesMax)
  return done.ok ? done.value : `${done.refusal.because} ${done.refusal.line}`
}

const names = ['email', 'role']

test('a table is read however its lines end, and whatever is quoted in it', async () => {
  for (const text of [
    'email,role\na@b.c,user\n',
    'email,role\r\na@b.c,user\r\n',
    'email,role\ra@b.c,user',
    '\ufeffemail,role\na@b.c,user',
    '"email","role"\n"a@b.c","user"',
    ' email , role \n a@b.c , user ',
  ]) {
    assert.deepEqual(await read(text), { names, lines: [{ line: 2, cells: ['a@b.c', 'user'] }] }, JSON.stringify(text))
  }
  const cells = async (line: string) => {
    const table = await read(`email,role\n${line}\n`)
    return typeof table === 'string' ? table : table.lines[0]?.cells
  }
  assert.deepEqual(await cells('"Hopper, Grace","say ""hello"""'), ['Hopper, Grace', 'say "hello"'])
  assert.deepEqual(await cells('=1+1,@SUM(A1)'), ['=1+1', '@SUM(A1)'], 'what spreadsheets would compute is text')
  assert.deepEqual(await cells("' or 1=1 --,<b>é李🙂</b>"), ["' or 1=1 --", '<b>é李🙂</b>'])
  assert.deepEqual(await cells('__proto__,constructor'), ['__proto__', 'constructor'])
  assert.deepEqual(await cells('a@b.c'), ['a@b.c'], 'there may be fewer cells than names')
  assert.deepEqual(await cells('a,b,c,'), ['a', 'b', 'c', ''], '… or more')
})

test('each line is known by the place where it begins, whatever lies before it', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['', 'email,role', '', 'one,1', `"two${end}${end}lines",2`, '', 'three,3'].join(end)
    const table = await read(text)
    assert.ok(typeof table !== 'string')
    const places = table.lines.map(({ line, cells }) => `${line} ${cells[1]}`)
    assert.deepEqual(places, ['4 1', '5 2', '9 3'], JSON.stringify(end))
  }
})

test('what is no table is refused with the reason, and the line where there is one', async () => {
  for (const [text, expected] of [
    ['', 'empty null'],
    ['\n\n', 'empty null'],
    ['\ufeff', 'empty null'],
    ['email;role\na@b.c;user', 'separator null'],
    ['email\trole\na@b.c\tuser', 'separator null'],
    ['email,role\na@b.c,us"er', 'quotes 2'],
    ['email,role\nx,y\n"a@b.c"x,user', 'quotes 3'],
    ['email,role\n"a@b.c,user\nb@b.c,user\n', 'quotes 3'],
    [`email,role\n${'x'.repeat(limits.csvLineLengthMax * 2)}`, 'line_too_long 2'],
    [`email,role\n"${'\n'.repeat(limits.csvLineLengthMax * 2)}"`, 'line_too_long'],
    ['email,role\na\0@b.c,user', 'encoding null'],
    [Buffer.from('email,role\nä@b.c,user', 'latin1'), 'encoding null'],
    [Buffer.from('\ufeffemail,role', 'utf16le'), 'encoding null'],
    [Buffer.from('email,role', 'utf16le'), 'encoding null'],
  ] as const) {
    const told = await read(text)
    assert.equal(typeof told === 'string' ? told.slice(0, expected.length) : told, expected, String(text).slice(0, 60))
  }
})

test('of too many lines one more is read than there may be, and the rest is left alone', async () => {
  const table = await read(`email\n${'a@b.c\n'.repeat(100)}"`, 10)

  assert.ok(typeof table !== 'string')
  assert.equal(table.lines.length, 11)
})

test('a route that takes CSV beside JSON tells them apart by their type, and nothing else by it', async () => {
  await using server = await openToyServer([usersContract('eg', '/')])
  const send = (type: string, body: string) =>
    server.fetch('/many', { method: 'POST', body, headers: { 'content-type': type } })
  const table = { names: ['a'], lines: [{ line: 2, cells: ['1'] }] }

  for (const type of ['text/csv', 'TEXT/CSV; charset=UTF-8', 'text/csv; header=present']) {
    const { body, table: read } = await seen(await send(type, 'a\n1\n'))
    assert.deepEqual([body, read], [undefined, table], type)
  }
  const json = await seen(await send('application/json', JSON.stringify(table)))
  assert.deepEqual([json.body, json.table], [table, undefined], 'JSON never passes for CSV')
  for (const [type, body, expected] of [
    ['application/json', 'a\n1\n', '400 eg: unreadable_json'],
    ['text/csv', 'a;b\n1;2\n', '400 eg: unreadable_csv separator null'],
    ['text/csv; charset=iso-8859-1', 'a\n1\n', '415 eg: unsupported_media_type application/json text/csv'],
    ['text/plain', 'a\n1\n', '415 eg: unsupported_media_type application/json text/csv'],
  ] as const) {
    const answer = await send(type, body)
    assert.equal(`${answer.status} ${await answer.text()}`, expected)
  }
  const elsewhere = await server.fetch('/open', { method: 'POST', body: 'a', headers: { 'content-type': 'text/csv' } })
  assert.equal(elsewhere.status, 415)
})
