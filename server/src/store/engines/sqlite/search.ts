import { type Compilable, type RawBuilder, sql as raw, type SqlBool } from '#kysely'
import { type Role, roles } from '../../../core/permissions.ts'
import { type Status, statuses, type UserId } from '../../../core/users/user.ts'
import { first, type Queries, type Statement, statement } from '../../queries.ts'
import type { SearchIndex, Sought } from '../../search-index.ts'

/**
 * A full-text table whose rows have the users' numbers, and whose tokens are the grams. A user's grams are in the column of their role and
 * status, so one pass over the entries of a gram counts any of these. Words that grams do not prove are looked for in the text.
 */
export const search: SearchIndex = {
  async put(queries, entries) {
    for (const { number, role, status, text, grams } of entries) {
      await queries.run(putGrams[standing(role, status)] as PutGrams, { number, grams })
      await queries.run(putText, { number, role, status, text })
    }
  },
  async remove(queries, users) {
    for (const { number } of users) {
      await queries.run(removeGrams, { number })
      await queries.run(removeText, { number })
    }
  },
  async count({ sql, query }, sought, max) {
    const limit = Math.min(max, countMax)
    const count = raw<{ n: number }>`select count(*) as n from (select 1 from (${numbers(sought)}) limit ${limit})`
    return (await first(query(compilable(sql, count))))?.n ?? 0
  },
  async texts(queries, ids) {
    return queries.all(textsOf, { ids: JSON.stringify(ids) })
  },
  condition: (sought) => raw<SqlBool>`users.number in (${numbers(sought)})`,
  numbers,
  following: ({ grams, role, status }, { after, direction, limit }) =>
    direction === 'asc'
      ? raw`select rowid as number from search_grams where search_grams match ${matchOf(grams, role, status)}
          and rowid > ${after} order by rowid limit ${limit}`
      : raw`select rowid as number from search_grams where search_grams match ${matchOf(grams, role, status)}
          and rowid < ${after} order by rowid desc limit ${limit}`,
}

const countMax = 2 ** 31

export const standings = roles.flatMap((role) => statuses.map((status) => standing(role, status)))

export function standing(role: Role, status: Status): string {
  return `${role}_${status}`
}

function numbers({ grams, spans, role, status }: Sought): RawBuilder<{ number: number }> {
  const match = matchOf(grams, role, status)
  if (spans.length === 0) return raw`select rowid as number from search_grams where search_grams match ${match}`
  if (grams.length === 0)
    return raw`select number from search_texts where ${raw.join([...holding(spans), ...being(role, status)], raw` and `)}`
  return raw`select search_grams.rowid as number
    from search_grams cross join search_texts on search_texts.number = search_grams.rowid
    where search_grams match ${match} and ${raw.join(holding(spans), raw` and `)}`
}

function being(role: Role | null, status: Status | null): RawBuilder<SqlBool>[] {
  return [
    ...(role === null ? [] : [raw<SqlBool>`role = ${role}`]),
    ...(status === null ? [] : [raw<SqlBool>`status = ${status}`]),
  ]
}

/** Quoted, every sign stands for itself (SQLite, “Full-text Query Syntax”). */
function matchOf(grams: readonly string[], role: Role | null, status: Status | null): string {
  const all = grams.map((gram) => `"${gram.replaceAll('"', '""')}"`).join(' AND ')
  if (role === null && status === null) return all
  const wanted = standings.filter((name) => standingsOf(role, status).includes(name))
  return `{${wanted.join(' ')}} : (${all})`
}

function standingsOf(role: Role | null, status: Status | null): string[] {
  return (role === null ? roles : [role]).flatMap((of) =>
    (status === null ? statuses : [status]).map((at) => standing(of, at)),
  )
}

function holding(spans: readonly string[]): RawBuilder<SqlBool>[] {
  return spans.map((span) => raw<SqlBool>`search_texts.text glob ${`*${globOf(span)}*`}`)
}

/** Each sign stands for itself (SQLite, “The LIKE, GLOB, REGEXP, MATCH, and extract operators”). A glob takes half as long as `instr`. */
function globOf(span: string): string {
  return span.replace(/[*?[]/g, '[$&]')
}

function compilable<Row>(sql: Queries['sql'], query: RawBuilder<Row>): Compilable<Row> {
  return { compile: () => query.compile(sql) }
}

const textsOf = statement((sql, p: { ids: string }) =>
  compilable<{ id: UserId; text: string }>(
    sql,
    raw`select users.id, search_texts.text
      from json_each(${p.ids}) as wanted cross join users on users.id = wanted.value
        cross join search_texts on search_texts.number = users.number`,
  ),
)

type PutGrams = Statement<{ number: number; grams: string }, unknown>

/** By the column that they are put into; the others stay empty. */
const putGrams: Readonly<Record<string, PutGrams>> = Object.fromEntries(
  standings.map((name) => [
    name,
    statement((sql, p: { number: number; grams: string }) =>
      compilable(
        sql,
        raw`insert or replace into search_grams (rowid, ${raw.ref(name)}) values (${p.number}, ${p.grams})`,
      ),
    ),
  ]),
)

const putText = statement((sql, p: { number: number; role: Role; status: Status; text: string }) =>
  compilable(
    sql,
    raw`insert or replace into search_texts (number, role, status, text)
      values (${p.number}, ${p.role}, ${p.status}, ${p.text})`,
  ),
)

const removeGrams = statement((sql, p: { number: number }) =>
  compilable(sql, raw`delete from search_grams where rowid = ${p.number}`),
)

const removeText = statement((sql, p: { number: number }) =>
  compilable(sql, raw`delete from search_texts where number = ${p.number}`),
)
