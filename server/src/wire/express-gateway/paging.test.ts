import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextKeyAfter, readSlice, type Slice } from './paging.ts'

test('a page is half as long as the count, with one user at least and five hundred at most', () => {
  const lengths = {
    '': 50,
    'count=1': 1,
    'count=2': 1,
    'count=3': 1,
    'count=40': 20,
    'count=99': 49,
    'count=1000': 500,
  }
  const edges = { 'count=0': 0, 'count=-0': 0, 'count=-1': 1, 'count=-40': 1, 'count=1001': 500, 'count=1002': 500 }

  for (const [query, limit] of Object.entries({ ...lengths, ...edges })) assert.equal(slice(query).limit, limit, query)
})

test('a cursor is twice the position of a user', () => {
  const offsets = { '': 0, 'start=2': 1, 'start=3': 1, 'start=100': 50, 'start=-1': 0, 'start=-99': 0, 'start=007': 3 }

  for (const [query, offset] of Object.entries(offsets)) assert.equal(slice(query).offset, offset, query)
})

test('numbers of any length are positions that a database can be asked for', () => {
  const { offset, limit } = slice(`start=${'9'.repeat(400)}&count=${'9'.repeat(400)}`)

  assert.ok(Number.isSafeInteger(offset))
  assert.equal(limit, 500)
  assert.equal(slice(`start=-${'9'.repeat(400)}`).offset, 0)
})

test('what is no integer, or is said twice, is a fault of its own key', () => {
  const junk = ['abc', '', ' 2', '2 ', '1.5', '1e3', '0x10', '2n', '--2', '+2', 'NaN', 'Infinity', '٢', '[2]', 'null']

  for (const value of junk) {
    assert.deepEqual(faultyKeys(new URLSearchParams({ start: value })), ['start'], value)
    assert.deepEqual(faultyKeys(new URLSearchParams({ count: value })), ['count'], value)
  }
  assert.deepEqual(faultyKeys(new URLSearchParams('start=0&start=0')), ['start'])
  assert.deepEqual(faultyKeys(new URLSearchParams('count=2&start=x&count=2')), ['start', 'count'])
})

test('other keys mean nothing', () => {
  assert.deepEqual(slice('all=true&Start=4&limit=7&start[]=2&offset=x&offset=y'), slice(''))
})

for (const count of [null, 1, 2, 3, 40, 1000]) {
  test(`following nextKey with a count of ${count ?? 'none'} shows each user exactly once`, () => {
    for (const total of [0, 1, 49, 50, 51, 100, 101, 250]) {
      const { shown, pages } = walk(total, count)
      const perPage = count === null ? 50 : Math.min(500, Math.max(1, Math.floor(count / 2)))

      assert.deepEqual(shown, [...new Array(total).keys()])
      assert.equal(pages, Math.max(1, Math.ceil(total / perPage)))
    }
  })
}

test('a count of 0 shows nobody and ends there', () => {
  for (const total of [0, 1, 250]) assert.deepEqual(walk(total, 0), { shown: [], pages: 1 })
})

test('beyond the end nobody is left', () => {
  for (const start of [20, 21, 9999, 1e15]) assert.deepEqual(page(10, { start }), { users: [], nextKey: 0 })
})

function slice(query: string): Slice {
  const read = readSlice(new URLSearchParams(query))
  assert.ok(!('faults' in read), query)
  return read
}

function faultyKeys(query: URLSearchParams): string[] {
  const read = readSlice(query)
  return 'faults' in read ? read.faults.map(({ field }) => field) : []
}

/** A page of a directory that holds the numbers below `total`. */
function page(total: number, { start, count }: { start?: number; count?: number | null }) {
  const query = new URLSearchParams()
  if (start !== undefined) query.set('start', String(start))
  if (typeof count === 'number') query.set('count', String(count))
  const asked = slice(query.toString())
  const users = [...new Array(total).keys()].slice(asked.offset, asked.offset + asked.limit)
  return { users, nextKey: nextKeyAfter(asked, users.length, total) }
}

/** As the product's client walks: until `nextKey` is 0. */
function walk(total: number, count: number | null) {
  const shown: number[] = []
  let nextKey: number | undefined
  for (let pages = 1; pages <= total + 1; pages += 1) {
    const answered = page(total, { ...(nextKey === undefined ? {} : { start: nextKey }), count })
    shown.push(...answered.users)
    nextKey = answered.nextKey
    if (nextKey === 0) return { shown, pages }
  }
  return assert.fail('the walk does not end')
}
