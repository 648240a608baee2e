import { limits } from '../../../core/limits.ts'
import type { Role } from '../../../core/permissions.ts'
import type { Status } from '../../../core/users/user.ts'
import type { Queries } from '../../queries.ts'
import { type NextUser, nextUsers } from '../../search.ts'
import { addGramsOfFields, foldFields, textOf } from '../../search-terms.ts'
import type { Connection } from './connection.ts'
import { type OpenPostings, openPostings } from './postings.ts'
import { openQueries } from './queries.ts'
import { standing, standings } from './search.ts'
import { dataId, varints, writeSegment } from './segment.ts'

// The index of the search, made of everybody at once: segments of so many people each, which FTS5 takes as its own from then on.

/** How far it is. Segments count from 1. */
export interface Indexed {
  /** The number of the last user who is in one. */
  readonly upTo: number
  readonly segments: readonly Segment[]
}

interface Segment {
  readonly pages: number
  readonly people: number
  /** Grams of people, by the place of their column. */
  readonly grams: readonly number[]
}

export const nothingIndexed: Indexed = { upTo: 0, segments: [] }

/** Behind all that FTS5 merges for years: those that come of changes are merged with each other first. */
const level = 8
const averagesId = 1
const structureId = 10
const cookieBytes = 4
/** What stands behind the cookie where rows can be deleted whose text is not kept. */
const structureMark = [0xff, 0x00, 0x00, 0x01]

/** Somebody who is in a segment, and how many grams they have. */
type Indexee = readonly [number: number, role: Role, status: Status, text: string, grams: number]

/** What a segment is made of, as it is made. */
export interface SegmentSink {
  people(people: readonly Indexee[], segment: number): void
  /** Rows of the tables of FTS5. */
  pages(data: readonly unknown[][], terms: readonly unknown[][]): void
  /** All of it is there. */
  end(indexed: Indexed): void
}

/** Makes of everybody who is in none yet what is to be written. Nothing is read that was not committed before. */
export function makeSegments(
  queries: Queries,
  begun: Indexed,
  sink: SegmentSink,
  peopleMax: number = limits.searchSegmentPeople,
): void {
  for (let indexed: Indexed | null = begun; indexed !== null; ) {
    indexed = makeSegment(queries, indexed, { sink, peopleMax })
    if (indexed !== null) sink.end(indexed)
  }
}

interface Making {
  readonly sink: SegmentSink
  /** More or less: of a segment. */
  readonly peopleMax: number
}

function makeSegment(queries: Queries, indexed: Indexed, making: Making): Indexed | null {
  const { sink } = making
  const segment = indexed.segments.length + 1
  const postings = openPostings()
  const { upTo, grams } = readPeople(queries, postings, { ...making, segment, after: indexed.upTo })
  if (postings.people() === 0) return null
  let data: unknown[][] = []
  let terms: unknown[][] = []
  const pages = writeSegment(segment, postings, {
    data(id, block) {
      data.push([id, block])
      if (data.length < pagesAtOnce) return
      sink.pages(data, terms)
      data = []
      terms = []
    },
    term: (term, page) => void terms.push([segment, term, page]),
  })
  sink.pages(data, terms)
  return { upTo, segments: [...indexed.segments, { pages, people: postings.people(), grams }] }
}

const pagesAtOnce = 200

function readPeople(
  queries: Queries,
  postings: OpenPostings,
  { segment, after, sink, peopleMax }: Making & { segment: number; after: number },
): { upTo: number; grams: number[] } {
  const grams = standings.map(() => 0)
  let upTo = after
  while (postings.people() < peopleMax) {
    const users = queries.all(nextUsers, { after: upTo, limit: limits.searchFilledAtOnce }) as NextUser[]
    const last = users.at(-1)
    if (last === undefined) break
    const people: Indexee[] = []
    for (const { number, role, status, ...fields } of users) {
      const folded = foldFields(fields)
      const column = standings.indexOf(standing(role, status))
      postings.begin(number, column)
      addGramsOfFields(postings, folded)
      grams[column] = (grams[column] ?? 0) + postings.count()
      people.push([number, role, status, textOf(folded), postings.count()])
    }
    sink.people(people, segment)
    upTo = last.number
  }
  return { upTo, grams }
}

/**
 * Writes what is made. What was begun and not ended is made anew. Whoever spoke with the index before on this connection opens another: FTS5 remembers
 * what it was.
 */
export function openSegmentWriter(
  connection: Connection,
  indexed: Indexed,
  note: (indexed: Indexed) => void,
): SegmentSink {
  const queries = openQueries(connection)
  connection.unsafeMode(true)
  const write = (work: () => void) => connection.transaction(work).immediate()
  write(() => clearFrom(connection, indexed))
  const cookie = connection.prepare('select substr(block, 1, ?) from search_grams_data where id = ?').pluck()
  const keep = connection.prepare('insert or replace into search_grams_data (id, block) values (?, ?)')
  return {
    people: (people, segment) =>
      write(() => {
        const sizes = people.map(([number, role, status, _, grams]) => [number, sizesOf(role, status, grams), segment])
        const texts = people.map(([number, role, status, text]) => [number, role, status, text])
        queries.insertMany(intoTexts, texts)
        queries.insertMany(intoSizes, sizes)
      }),
    pages: (data, terms) =>
      write(() => {
        queries.insertMany(intoData, data)
        queries.insertMany(intoTerms, terms)
      }),
    end: (reached) =>
      write(() => {
        keep.run([structureId, structureOf(cookie.get([cookieBytes, structureId]) as Uint8Array, reached.segments)])
        keep.run([averagesId, averagesOf(reached.segments)])
        note(reached)
      }),
  }
}

function clearFrom(connection: Connection, { segments, upTo }: Indexed): void {
  const segment = segments.length + 1
  if (segment === 1) connection.exec(`insert into search_grams (search_grams) values ('delete-all')`)
  connection.prepare('delete from search_grams_data where id >= ?').run([dataId(segment, 0)])
  connection.prepare('delete from search_grams_idx where segid >= ?').run([segment])
  connection.prepare('delete from search_grams_docsize where id > ?').run([upTo])
  connection.prepare('delete from search_texts where number > ?').run([upTo])
}

const intoTexts = { table: 'search_texts', columns: ['number', 'role', 'status', 'text'] } as const
const intoData = { table: 'search_grams_data', columns: ['id', 'block'] } as const
const intoTerms = { table: 'search_grams_idx', columns: ['segid', 'term', 'pgno'] } as const
const intoSizes = { table: 'search_grams_docsize', columns: ['id', 'sz', 'origin'] } as const

/** How many words somebody has in each column. */
function sizesOf(role: Role, status: Status, grams: number): Uint8Array {
  const own = standing(role, status)
  return varints(standings.map((name) => (name === own ? grams : 0)))
}

/** “Structure Records” of `fts5_index.c`. Each segment has an origin of its own, by which its people are found when they are deleted. */
function structureOf(cookie: Uint8Array, segments: readonly Segment[]): Uint8Array {
  const written = segments.reduce((sum, { pages }) => sum + pages, 0)
  const empty = Array.from({ length: level }, () => [0, 0]).flat()
  const those = segments.flatMap(({ pages, people }, place) => [
    place + 1,
    1,
    pages,
    place + 1,
    place + 1,
    0,
    0,
    people,
  ])
  const values = [level + 1, segments.length, written, ...empty, 0, segments.length, ...those]
  return Uint8Array.from([...cookie, ...structureMark, ...varints(values)])
}

/** “The Averages Record”. */
function averagesOf(segments: readonly Segment[]): Uint8Array {
  const people = segments.reduce((sum, segment) => sum + segment.people, 0)
  const grams = standings.map((_, column) => segments.reduce((sum, segment) => sum + (segment.grams[column] ?? 0), 0))
  return varints([people, ...grams])
}
