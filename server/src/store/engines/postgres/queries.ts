import type pg from 'pg'
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql as raw,
} from '#kysely'
import { casesOf, type LetterCase } from '../../../core/users/letter-case.ts'
import type { Dialect, Queries, RangeOf, Statement, Tally } from '../../queries.ts'
import type { Sealed, Tables } from '../../tables.ts'
import { type InsertWords, insertSql, stretchesOf } from '../insert.ts'
import { type Plan, planOf } from '../plan.ts'
import { ask, type Connection, isBrokenOff } from './connections.ts'
import { search } from './search.ts'

/** Locks a text in so that only this directory, and only in its own place, can read it: what it takes for columns nobody searches. */
export interface Sealer {
  seal(text: string | Uint8Array, context: string): Buffer
  /** Throws when the bytes were altered or belong elsewhere. */
  unseal(bytes: Buffer, context: string): string
  unsealBytes(bytes: Buffer, context: string): Buffer
}

/** Builds and compiles; runs nothing. */
const sql = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** Locks of two numbers are other ones than those of one number. */
const wordLocks = 1

const dialect: Dialect = {
  lock: (query) => query.forUpdate(),
  lockFree: (query) => query.forUpdate().skipLocked(),
  holdWord: async (queries, word) => {
    const held = raw`pg_advisory_xact_lock(${raw.lit(wordLocks)}, hashtext(${word}))`.as('held')
    await queries.query(sql.selectNoFrom(held))
  },
  search,
  numberOn: async (queries, table, number) => {
    const sequence = raw`cast(pg_get_serial_sequence(${table}, 'number') as regclass)`
    await queries.query(
      sql.selectNoFrom(
        raw`case when coalesce(pg_sequence_last_value(${sequence}), 0) < ${number}
          then setval(${sequence}, cast(${number} as bigint)) end`.as('last'),
      ),
    )
  },
  async nextNumbers(queries, count) {
    const next = raw<number>`nextval(pg_get_serial_sequence('users', 'number'))`.as('number')
    const rows = await queries.query(
      sql.selectFrom(raw<{ n: number }>`generate_series(1, ${count})`.as('series')).select(next),
    )
    return rows.map(({ number }) => number)
  },
  names: null,
  lowerAscii: (text) => raw`lower(${text} collate "C")`,
  inCase,
  oneOf: (number, numbers) => raw`${number} = any(cast(${numbers} as bigint[]))`,
  contains: (text, part) => raw`strpos(${text}, ${part}) > 0`,
  nearest<Row>(range: RangeOf<Row>, inOrder: (range: RangeOf<Row>) => RangeOf<Row>, rows: RawBuilder<number>) {
    return sql.selectFrom(inOrder(range).limit(rows).as('users')).selectAll() as unknown as RangeOf<Row>
  },
}

/** A hundred thousand letters are looked through for them, once. */
const known: { lower?: ReadonlyMap<string, string>; upper?: ReadonlyMap<string, string> } = {}

/** Whatever locale the database has: of texts beyond ASCII, letters are put in place of letters. */
function inCase(text: RawBuilder<unknown>, letterCase: LetterCase): RawBuilder<string> {
  const cases = known[letterCase] ?? casesOf(letterCase)
  known[letterCase] = cases
  const [from, to] = [[...cases.keys()].join(''), [...cases.values()].join('')]
  const ascii = raw`${raw.raw(letterCase)}(${text} collate "C")`
  const all = raw`normalize(translate(${text}, cast(${from} as text), cast(${to} as text)), nfc)`
  return raw`case when octet_length(${text}) = length(${text}) then ${ascii} else ${all} end`
}

const insertWords: InsertWords = { insert: 'insert', placeholder: (place) => `$${place + 1}` }

/** Questions to a pool, or to the connection of one transaction. */
export function queriesOver(connection: Connection, sealer: Sealer): Queries {
  async function answer<Parameters extends object, Row>(statement: Statement<Parameters, Row>, parameters: Parameters) {
    const { name, plan } = prepared(statement)
    return ask(connection, { name, text: plan.sql, values: plan.bind(parameters) })
  }
  return {
    sql,
    dialect,
    all: async (statement, parameters) => (await answer(statement, parameters)).rows,
    run: async (statement, parameters) => (await answer(statement, parameters)).rowCount ?? 0,
    async insertMany(insert, rows) {
      let inserted = 0
      for (const some of stretchesOf(rows)) {
        const text = insertSql(insert, some.length, insertWords)
        const name = `roster_${insert.table}_${some.length}`
        inserted += (await ask(connection, { name, text, values: some.flat() })).rowCount ?? 0
      }
      return inserted
    },
    async query(compilable) {
      const { sql: text, parameters } = compilable.compile()
      return (await ask(connection, { text, values: [...parameters] })).rows
    },
    tally: (compilable, msMax) => tally(connection, compilable, msMax),
    queryInTime: (compilable, msMax) => queryInTime(connection, compilable, msMax),
    async attempt(work) {
      await ask(connection, { text: 'savepoint attempt' })
      const stays = await work()
      const text = stays ? 'release savepoint attempt' : 'rollback to savepoint attempt; release savepoint attempt'
      await ask(connection, { text })
      return stays
    },
    seal: (text, context) => sealer.seal(text, context),
    unseal: (sealed, context) => sealer.unseal(bytesOf(sealed), context),
    sealBytes: (bytes, context) => sealer.seal(bytes, context),
    unsealBytes: (sealed, context) => sealer.unsealBytes(bytesOf(sealed), context),
  }
}

async function tally(connection: Connection, compilable: Compilable<{ hits: number }>, msMax: number): Promise<Tally> {
  const { sql: hits, parameters } = compilable.compile()
  const text = `select cast(coalesce(sum(hits), 0) as bigint) as n from (${hits}) as counted`
  const rows = await inTime(connection, { text, values: [...parameters] }, msMax)
  return rows === null ? { n: 0, isWhole: false } : { n: (rows[0] as { n: number }).n, isWhole: true }
}

function queryInTime<Row>(connection: Connection, compilable: Compilable<Row>, msMax: number): Promise<Row[] | null> {
  const { sql: text, parameters } = compilable.compile()
  return inTime(connection, { text, values: [...parameters] }, msMax) as Promise<Row[] | null>
}

/** The server breaks off what takes too long; only what follows in the same transaction sees the limit, and it is taken back. */
async function inTime(connection: Connection, question: pg.QueryConfig, msMax: number): Promise<unknown[] | null> {
  await ask(connection, { text: 'savepoint in_time' })
  await ask(connection, { text: `set local statement_timeout = ${msMax}` })
  try {
    return (await ask(connection, question)).rows
  } catch (error) {
    if (!isBrokenOff(error)) throw error
    return null
  } finally {
    await ask(connection, { text: 'rollback to savepoint in_time' })
  }
}

interface Prepared<Parameters extends object> {
  /** By which each connection remembers the statement once it has parsed it. */
  readonly name: string
  readonly plan: Plan<Parameters>
}

const prepareds = new WeakMap<object, Prepared<never>>()
let namesGiven = 0

function prepared<Parameters extends object, Row>(statement: Statement<Parameters, Row>): Prepared<Parameters> {
  const known = prepareds.get(statement) as Prepared<Parameters> | undefined
  if (known !== undefined) return known
  namesGiven += 1
  const fresh = { name: `roster_${namesGiven}`, plan: planOf(statement, sql, dialect) }
  prepareds.set(statement, fresh)
  return fresh
}

function bytesOf(sealed: Sealed): Buffer {
  if (typeof sealed === 'string') throw new TypeError('a sealed column holds bytes')
  return Buffer.isBuffer(sealed) ? sealed : Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
}
