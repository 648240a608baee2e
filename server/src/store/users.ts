import { sql as raw } from 'kysely'
import { grant, refuse } from '../core/outcome.ts'
import type { ClaimKind, PageQuestion, TakenCode, UserFilter, UserReads, UserStore } from '../core/ports.ts'
import { sortKey } from '../core/users/text.ts'
import { isActiveAdmin, type NewUser, type Particulars, type User, type UserId } from '../core/users/user.ts'
import { claimsOf, findClaim, moveClaims } from './claims.ts'
import { type CountChanges, guardLastAdmin, noteAdmins, totalUsers } from './counts.ts'
import type { Touch } from './engines/engine.ts'
import { first, type Queries, statement } from './queries.ts'
import type { UsersTable } from './tables.ts'

export function userReads(queries: Queries): UserReads {
  return {
    byId: async (id) => live(queries, await first(queries.all(byId, { id }))),
    async byClaim(kind, value) {
      const id = await findClaim(queries, kind, value)
      return id === null ? null : live(queries, await first(queries.all(byId, { id })))
    },
  }
}

/** The users of one transaction. What it did to counts is written once, by `finish` of the store. */
export function userStore(queries: Queries, counts: CountChanges, touched: Map<UserId, Touch>): UserStore {
  const users: UserStore = {
    byId: async (id) => live(queries, await first(queries.all(byIdHeld, { id }))),
    async byClaim(kind, value) {
      const id = await findClaim(queries, kind, value)
      return id === null ? null : users.byId(id)
    },
    async deletedById(id) {
      const row = await first(queries.all(byIdHeld, { id }))
      return row === undefined || row.deleted_at === null ? null : userOf(queries, row)
    },
    async add(user) {
      const taken = await moveClaims(queries, user.id, [], claimsOf(user))
      if (taken !== null) return refuse(takenRefusal(taken))
      const [inserted] = (await queries.all(insert, rowOf(queries, user))) as { number: number }[]
      if (inserted === undefined) throw new Error('an inserted user has no number')
      counts.add(user, 1)
      if (isActiveAdmin(user)) await noteAdmins(queries, 1)
      touched.set(user.id, 'record')
      return grant({ ...user, number: inserted.number })
    },
    async save(before, after) {
      const taken = await moveClaims(queries, after.id, claimsOf(before), claimsOf(after))
      if (taken !== null) return refuse(takenRefusal(taken))
      if (isActiveAdmin(before) && !isActiveAdmin(after) && !(await guardLastAdmin(queries))) {
        return refuse({ code: 'last_admin' })
      }
      if (!isActiveAdmin(before) && isActiveAdmin(after)) await noteAdmins(queries, 1)
      const changed = await queries.run(update, { ...rowOf(queries, after), expected: before.version })
      if (changed !== 1) throw new Error('a user held by this transaction changed under it')
      counts.add(before, -1)
      counts.add(after, 1)
      touched.set(after.id, 'record')
      return grant(after)
    },
    async signedIn(id, at) {
      await queries.run(noteSignIn, { id, at })
      if (!touched.has(id)) touched.set(id, 'sign_in')
    },
    async isEmpty() {
      return (await queries.all(anyUser, {})).length === 0
    },
  }
  return users
}

/** A page of live users with the exact total. A filter walks the whole directory, deep offsets walk an index: run those aside. */
export async function pageOfUsers(queries: Queries, question: PageQuestion): Promise<{ users: User[]; total: number }> {
  if (question.scope.kind !== 'everybody') throw new Error('the directory has no organizations to list by')
  if (isFiltering(question.filter)) return pageOfMatches(queries, question)
  const page = question.order === 'newest' ? newest : oldest
  const total = await totalUsers(queries)
  const { offset, limit } = question
  const rows = limit === 0 ? [] : await queries.all(page, { offset, limit })
  return { users: rows.map((row) => userOf(queries, row)), total }
}

export function isFiltering({ role, status, words }: UserFilter): boolean {
  return role !== null || status !== null || words.length > 0
}

async function pageOfMatches(queries: Queries, question: PageQuestion): Promise<{ users: User[]; total: number }> {
  const { filter, order, offset, limit } = question
  let matches = queries.sql.selectFrom('users').where('deleted_at', 'is', null)
  if (filter.role !== null) matches = matches.where('role', '=', filter.role)
  if (filter.status !== null) matches = matches.where('status', '=', filter.status)
  for (const word of filter.words) matches = matches.where(holds(word))
  const [counted] = await queries.query(matches.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  const page =
    order === 'newest'
      ? matches.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
      : matches.selectAll().orderBy('number')
  const rows = await queries.query(page.limit(limit).offset(offset))
  return { users: rows.map((row) => userOf(queries, row)), total: counted?.n ?? 0 }
}

/** Case is folded in the sort keys already; `%` and `_` in a word mean themselves. */
function holds(word: string) {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return raw<boolean>`(sort_email || ' ' || sort_first_name || ' ' || sort_last_name) like ${pattern} escape '\\'`
}

const byId = statement((sql, p: { id: UserId }) => sql.selectFrom('users').selectAll().where('id', '=', p.id))

const byIdHeld = statement((sql, p: { id: UserId }, dialect) =>
  dialect.lock(sql.selectFrom('users').selectAll().where('id', '=', p.id)),
)

const anyUser = statement((sql, _: object) => sql.selectFrom('users').select('number').limit(1))

const insert = statement((sql, p: NewRow) => sql.insertInto('users').values(columnsOf(p)).returning('number'))

const update = statement((sql, p: NewRow & { expected: number }) =>
  sql.updateTable('users').set(columnsOf(p)).where('id', '=', p.id).where('version', '=', p.expected),
)

const noteSignIn = statement((sql, p: { id: UserId; at: number }) =>
  sql.updateTable('users').set({ last_login_at: p.at }).where('id', '=', p.id),
)

const newest = statement((sql, p: { offset: number; limit: number }) =>
  sql
    .selectFrom('users')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
)

const oldest = statement((sql, p: { offset: number; limit: number }) =>
  sql.selectFrom('users').selectAll().where('deleted_at', 'is', null).orderBy('number').limit(p.limit).offset(p.offset),
)

type Row = Omit<UsersTable, 'number'> & { number: number }
type NewRow = Omit<UsersTable, 'number'>

function rowOf(queries: Queries, user: NewUser): NewRow {
  return {
    id: user.id,
    email: user.email,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    role: user.role,
    status: user.status,
    email_verified: user.emailVerified ? 1 : 0,
    version: user.version,
    created_at: user.createdAtMs,
    updated_at: user.updatedAtMs,
    last_login_at: user.lastLoginAtMs,
    deleted_at: user.deletion?.atMs ?? null,
    restorable: user.deletion?.restorable ? 1 : 0,
    particulars: queries.seal(JSON.stringify(user.particulars), particularsContext(user.id)),
    sort_email: sortKey(user.email),
    sort_first_name: sortKey(user.firstName),
    sort_last_name: sortKey(user.lastName),
  }
}

/** Names every column, so that placeholders stand for them: a placeholder object has no keys of its own to spread. */
function columnsOf(p: NewRow): NewRow {
  return {
    id: p.id,
    email: p.email,
    username: p.username,
    first_name: p.first_name,
    last_name: p.last_name,
    role: p.role,
    status: p.status,
    email_verified: p.email_verified,
    version: p.version,
    created_at: p.created_at,
    updated_at: p.updated_at,
    last_login_at: p.last_login_at,
    deleted_at: p.deleted_at,
    restorable: p.restorable,
    particulars: p.particulars,
    sort_email: p.sort_email,
    sort_first_name: p.sort_first_name,
    sort_last_name: p.sort_last_name,
  }
}

function userOf(queries: Queries, row: Row): User {
  return Object.freeze({
    id: row.id,
    number: row.number,
    email: row.email,
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    role: row.role,
    status: row.status,
    emailVerified: row.email_verified === 1,
    version: row.version,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
    lastLoginAtMs: row.last_login_at,
    deletion: row.deleted_at === null ? null : { atMs: row.deleted_at, restorable: row.restorable === 1 },
    particulars: JSON.parse(queries.unseal(row.particulars, particularsContext(row.id))) as Particulars,
  })
}

function live(queries: Queries, row: Row | undefined): User | null {
  return row === undefined || row.deleted_at !== null ? null : userOf(queries, row)
}

function particularsContext(id: UserId): string {
  return `users.particulars:${id}`
}

function takenRefusal(kind: ClaimKind): { code: TakenCode } {
  return { code: kind === 'email' ? 'email_taken' : 'username_taken' }
}
