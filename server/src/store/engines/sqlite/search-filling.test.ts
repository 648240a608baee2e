import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoPeople } from '../../../cli/demo-people.ts'
import { fillSearch } from '../../search.ts'
import { type Connection, openWriting } from './connection.ts'
import { migrate } from './migrate.ts'
import { openQueries } from './queries.ts'
import { makeSegments, nothingIndexed, openSegmentWriter } from './search-filling.ts'
import { fileKey, temporaryDirectory } from './test-directory.ts'

/** So many that who has a common gram fills page after page. */
const peopleInAll = 9_000
const ofAllScripts = 500

test('what is made at once is what FTS5 makes of one person after another, and FTS5 goes on with it', async () => {
  await using place = await temporaryDirectory()
  const filled = openWriting(place.file, fileKey)
  await migrate(filled, 1)
  filled.exec('begin')
  putPeople(filled)
  await fillSearch(openQueries(filled))
  filled.exec('commit')
  const before = contentOf(filled)

  const queries = openQueries(filled)
  makeSegments(
    queries,
    nothingIndexed,
    openSegmentWriter(filled, nothingIndexed, () => {}),
    7_000,
  )

  filled.close()
  const connection = openWriting(place.file, fileKey)
  assert.deepEqual(contentOf(connection), before)
  const skipping = connection.prepare('select count(*) from search_grams_idx where pgno % 2 = 1').pluck()
  assert.notEqual(skipping.get(), 0)
  const has = connection.prepare('select count(*) from search_grams where search_grams match ?').pluck()
  connection.exec(`insert into search_grams (search_grams) values ('integrity-check')`)
  connection.exec('delete from search_grams where rowid % 3 = 0')
  assert.equal(has.get(['"exa"']), (peopleInAll * 2) / 3)
  connection.exec(`insert into search_grams (search_grams) values ('optimize')`)
  connection.exec(`insert into search_grams (search_grams) values ('integrity-check')`)
  assert.equal(has.get(['"exa"']), (peopleInAll * 2) / 3)
  connection.close()
})

function putPeople(connection: Connection): void {
  const put =
    connection.prepare(`insert into users (id, email, username, first_name, last_name, role, status, email_verified, version,
    created_at, updated_at, restorable, particulars, sort_email, sort_first_name, sort_last_name)
    values (?, ?, ?, ?, ?, ?, ?, 0, 1, 1, 1, 0, '{}', '', '', '')`)
  const people = demoPeople({ seed: 3, count: ofAllScripts, startAtMs: 1 })
  for (const { email, username, firstName, lastName, role, status } of people)
    put.run([email, email, username, firstName, lastName, role, status])
  for (let n = ofAllScripts; n < peopleInAll; n += 1)
    put.run([`${n}`, `${n}@example.net`, null, null, null, 'user', n % 2 === 0 ? 'active' : 'inactive'])
}

/** Words and who has them in which column, texts, lengths and sums: all that FTS5 knows, whatever segments it is kept in. */
function contentOf(connection: Connection): unknown[] {
  connection.exec(`create virtual table temp.words using fts5vocab(main, search_grams, 'instance')`)
  const all = (sql: string) => connection.prepare(sql).all()
  return [
    all('select term, doc, col from temp.words order by term, doc'),
    all('select * from search_texts order by number'),
    all('select id, hex(sz) from search_grams_docsize order by id'),
    all('select hex(block) from search_grams_data where id = 1'),
  ]
}
