import {
  type Compilable,
  DummyDriver,
  Kysely,
  sql as raw,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from '#kysely'
import { limits } from '../../../core/limits.ts'
import { type Dialect, type Queries, type Statement, statement, type Tally } from '../../queries.ts'
import type { Tables } from '../../tables.ts'
import { type InsertWords, insertSql, stretchesOf } from '../insert.ts'
import { type Plan, planOf } from '../plan.ts'
import { type Connection, caseFunctions } from './connection.ts'
import { search } from './search.ts'

const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (sql) => new SqliteIntrospector(sql),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** There is one writer: whatever it reads is its own until its transaction ends. */
export const dialect: Dialect = {
  lock: (query) => query,
  lockFree: (query) => query,
  holdWord() {},
  search,
  numberOn() {
    // A key that counts up goes on from the highest there ever was.
  },
  async nextNumbers(queries, count) {
    const [last] = await queries.all(lastNumber, {})
    return Array.from({ length: count }, (_, at) => (last?.seq ?? 0) + at + 1)
  },
  names: null,
  lowerAscii: (text) => raw`lower(${text})`,
  inCase: (text, letterCase) =>
    raw`case when octet_length(${text}) = length(${text}) then ${raw.raw(letterCase)}(${text})
      else ${raw.raw(caseFunctions[letterCase])}(${text}) end`,
  oneOf: (number, numbers) => raw`${number} in (select value from json_each(${JSON.stringify(numbers)}))`,
  contains: (text, part) => raw`instr(${text}, ${part}) > 0`,
  nearest: (range) => range,
}

/** The store's view of one connection; every answer is at hand at once. Nothing is sealed, the file is encrypted as a whole. */
export function openQueries(connection: Connection, spoken: Dialect = dialect): Queries {
  const statements = new WeakMap<object, Plan<never> & Prepared>()
  const recent = new Map<string, Prepared>()

  function prepared<Parameters extends object, Row>(
    statement: Statement<Parameters, Row>,
  ): Plan<Parameters> & Prepared {
    const known = statements.get(statement)
    if (known !== undefined) return known
    const plan = planOf(statement, builder, spoken)
    const fresh = { ...plan, ...prepare(connection, plan.sql) }
    statements.set(statement, fresh)
    return fresh
  }

  function preparedRecently(sql: string): Prepared {
    const query = recent.get(sql) ?? prepare(connection, sql)
    recent.delete(sql)
    recent.set(sql, query)
    if (recent.size > limits.preparedQueriesMax) recent.delete(recent.keys().next().value as string)
    return query
  }

  return {
    sql: builder,
    dialect: spoken,
    all<Parameters extends object, Row>(statement: Statement<Parameters, Row>, parameters: Parameters) {
      const query = prepared(statement)
      return query.all(query.bind(parameters)) as Row[]
    },
    run(statement, parameters) {
      const query = prepared(statement)
      return query.run(query.bind(parameters))
    },
    insertMany: openInserts(connection),
    query<Row>(compilable: Compilable<Row>) {
      const { sql, parameters } = compilable.compile()
      return preparedRecently(sql).all(parameters) as Row[]
    },
    tally(compilable, msMax) {
      const { sql, parameters } = compilable.compile()
      return addUp(connection.prepare(sql).pluck().iterate(parameters) as IterableIterator<number>, msMax)
    },
    queryInTime(compilable) {
      return this.query(compilable)
    },
    async attempt(work) {
      connection.exec('savepoint attempt')
      const stays = await work()
      connection.exec(stays ? 'release attempt' : 'rollback to attempt; release attempt')
      return stays
    },
    seal: (text) => text,
    unseal(sealed) {
      if (typeof sealed !== 'string') throw new TypeError('the embedded engine seals nothing')
      return sealed
    },
    sealBytes: (bytes) => bytes,
    unsealBytes: (sealed) => sealed,
  }
}

const lastNumber = statement((_, __: object) => ({
  compile: () => raw<{ seq: number }>`select seq from sqlite_sequence where name = 'users'`.compile(builder),
}))

/**
 * A statement that could be taken back by itself would keep a copy of each page that it changes. When a rule of the table is broken, the rows
 * before stay until the savepoint is taken back, or the group.
 */
const insertWords: InsertWords = { insert: 'insert or fail', placeholder: () => '?' }

function openInserts(connection: Connection): Queries['insertMany'] {
  const inserts = new Map<string, Prepared>()
  return (insert, rows) => {
    let inserted = 0
    for (const some of stretchesOf(rows)) {
      const key = `${insert.table} ${some.length}`
      const query = inserts.get(key) ?? prepare(connection, insertSql(insert, some.length, insertWords))
      inserts.set(key, query)
      inserted += query.run(some.flat())
    }
    return inserted
  }
}

const rowsBetweenLooks = 1_000

function addUp(hits: IterableIterator<number>, msMax: number): Tally {
  const endsAt = performance.now() + msMax
  let [n, rows] = [0, 0]
  for (const hit of hits) {
    n += hit
    rows += 1
    if (rows % rowsBetweenLooks === 0 && performance.now() > endsAt) return { n, isWhole: false }
  }
  return { n, isWhole: true }
}

interface Prepared {
  all(values: readonly unknown[]): unknown[]
  run(values: readonly unknown[]): number
}

/** The driver tells statements that return rows from those that do not; the store may ask either way. */
function prepare(connection: Connection, sql: string): Prepared {
  const statement = connection.prepare(sql)
  if (statement.reader) {
    return { all: (values) => statement.all(values), run: (values) => statement.all(values).length }
  }
  const run = (values: readonly unknown[]) => statement.run(values).changes
  return {
    run,
    all(values) {
      run(values)
      return []
    },
  }
}
