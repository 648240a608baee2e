import { type Compilable, type RawBuilder, sql as raw, type SqlBool } from '#kysely'
import type { UserId } from '../../../core/users/user.ts'
import { first, type Queries, statement } from '../../queries.ts'
import type { SearchIndex, Sought } from '../../search-index.ts'

/** An inverted index over the grams of each user; the row says the rest. However many users a transaction changes, it is one statement. */
export const search: SearchIndex = {
  async put(queries, entries) {
    const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1))
    await queries.run(put, {
      ids: sorted.map(({ id }) => id),
      roles: sorted.map(({ role }) => role),
      statuses: sorted.map(({ status }) => status),
      texts: sorted.map(({ text }) => text),
      grams: sorted.map(({ grams }) => grams),
    })
  },
  async remove(queries, users) {
    await queries.run(remove, { ids: users.map(({ id }) => id) })
  },
  async count(queries, sought, max) {
    const query = raw<{ n: number }>`select cast(count(*) as bigint) as n
      from (select 1 from search_texts where ${holds(sought)} limit ${Math.min(max, countMax)}) as found`
    return (await first(queries.query(compilable(queries.sql, query))))?.n ?? 0
  },
  async texts(queries, ids) {
    return queries.all(textsOf, { ids })
  },
  condition: (sought) => raw<SqlBool>`users.id in (select user_id from search_texts where ${holds(sought)})`,
  numbers,
  following: (sought, { after, direction, limit }) =>
    direction === 'asc'
      ? raw`select number from (${numbers(sought)}) as found where number > ${after} order by number limit ${limit}`
      : raw`select number from (${numbers(sought)}) as found where number < ${after} order by number desc limit ${limit}`,
}

const countMax = 2 ** 31

function holds({ grams, spans, role, status }: Sought): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = []
  if (grams.length > 0) conditions.push(raw`search_texts.grams @> cast(${grams} as text[])`)
  if (role !== null) conditions.push(raw`search_texts.role = ${role}`)
  if (status !== null) conditions.push(raw`search_texts.status = ${status}`)
  for (const span of spans) conditions.push(raw`strpos(search_texts.text, ${span}) > 0`)
  return raw.join(conditions, raw` and `)
}

function numbers(sought: Sought): RawBuilder<{ number: number }> {
  return raw`select users.number from search_texts join users on users.id = search_texts.user_id where ${holds(sought)}`
}

function compilable<Row>(sql: Queries['sql'], query: RawBuilder<Row>): Compilable<Row> {
  return { compile: () => query.compile(sql) }
}

interface Entries {
  readonly ids: readonly string[]
  readonly roles: readonly string[]
  readonly statuses: readonly string[]
  readonly texts: readonly string[]
  /** Each with a space between them: none has one in it. */
  readonly grams: readonly string[]
}

const put = statement((sql, p: Entries) =>
  compilable(
    sql,
    raw`insert into search_texts (user_id, role, status, text, grams)
      select id, role, status, text, string_to_array(grams, ' ')
      from unnest(cast(${p.ids} as uuid[]), cast(${p.roles} as text[]), cast(${p.statuses} as text[]),
        cast(${p.texts} as text[]), cast(${p.grams} as text[])) as entries (id, role, status, text, grams)
      on conflict (user_id) do update
      set role = excluded.role, status = excluded.status, text = excluded.text, grams = excluded.grams`,
  ),
)

const textsOf = statement((sql, p: { ids: readonly UserId[] }) =>
  compilable<{ id: UserId; text: string }>(
    sql,
    raw`select user_id as id, text from search_texts where user_id = any(cast(${p.ids} as uuid[]))`,
  ),
)

const remove = statement((sql, p: { ids: readonly string[] }) =>
  compilable(sql, raw`delete from search_texts where user_id = any(cast(${p.ids} as uuid[]))`),
)
