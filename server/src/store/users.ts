import { grant, refuse } from '../core/outcome.ts'
import type { UserReads, UserStore } from '../core/ports.ts'
import type { Arrival, SearchedText } from '../core/users/arrival.ts'
import { canonical, sortKey } from '../core/users/text.ts'
import type { NewUser, Particulars, User, UserId } from '../core/users/user.ts'
import { findClaim, findClaims } from './claims.ts'
import type { Constraints } from './constraints.ts'
import type { CountChanges } from './counts.ts'
import type { Touch } from './engines/engine.ts'
import { foldedName } from './folded-names.ts'
import { endInvitations } from './invitations.ts'
import { first, type Queries, statement } from './queries.ts'
import type { SearchChanges } from './search.ts'
import type { UsersTable } from './tables.ts'

export function userReads(queries: Queries): UserReads {
  return {
    byId: async (id) => live(queries, await first(queries.all(byId, { id }))),
    byNumber: async (number) => live(queries, await first(queries.all(byNumber, { number }))),
    async byClaim(kind, value) {
      const id = await findClaim(queries, kind, value)
      return id === null ? null : live(queries, await first(queries.all(byId, { id })))
    },
    wasHeldBefore: (email) => wasHeldBefore(queries, email),
    heldAmong: (names) => findClaims(queries, names),
    everAmong: (ids) => everAmong(queries, ids),
  }
}

/** The index has the beginnings of folded addresses; the addresses themselves decide. */
async function wasHeldBefore(queries: Queries, email: string): Promise<boolean> {
  const rows = await queries.all(formerlyNear, { key: sortKey(email) })
  return rows.some((row) => row.email !== null && canonical(row.email) === canonical(email))
}

export interface UserStoreParts {
  readonly counts: CountChanges
  readonly constraints: Constraints
  readonly search: SearchChanges
  readonly touched: Map<UserId, Touch>
}

/** The users of one transaction. What it did to counts and to the search index is written once, by `finish` of the store. */
export function userStore(queries: Queries, { counts, constraints, search, touched }: UserStoreParts): UserStore {
  const note = (added: User, searched?: SearchedText) => {
    counts.add(added, 1)
    search.note(null, added, searched)
    touched.set(added.id, 'created')
    return added
  }
  const users: UserStore = {
    byId: async (id) => live(queries, await first(queries.all(byIdHeld, { id }))),
    byNumber: async (number) => live(queries, await first(queries.all(byNumberHeld, { number }))),
    async byClaim(kind, value) {
      const id = await findClaim(queries, kind, value)
      return id === null ? null : users.byId(id)
    },
    wasHeldBefore: (email) => wasHeldBefore(queries, email),
    heldAmong: (names) => findClaims(queries, names),
    everAmong: (ids) => everAmong(queries, ids),
    async deletedById(id) {
      const user = await anyUserHeld(queries, id)
      return user === null || user.deletion === null ? null : user
    },
    async add(user) {
      const taken = await constraints.add(user)
      if (taken !== null) return refuse({ code: taken })
      const number = await insertNext(queries, rowOf(queries, user))
      if (number === null) throw new Error('somebody has the id of a new user')
      return grant(note({ ...user, number }))
    },
    async arrive(people) {
      const numbers = await insertAll(queries, people)
      for (const [at, { user, searched }] of people.entries())
        if (typeof numbers[at] === 'number') constraints.addLater(note({ ...user, number: numbers[at] }, searched))
      return [...numbers.keys()].filter((at) => numbers[at] === null)
    },
    async save(before, after, spares = 'the_last_admin') {
      const broken = await constraints.change(before, after, spares)
      if (broken !== null) return refuse({ code: broken })
      const changed = await queries.run(update, { ...rowOf(queries, after), expected: before.version })
      if (changed !== 1) throw new Error('a user held by this transaction changed under it')
      counts.add(before, -1)
      counts.add(after, 1)
      search.note(before, after)
      await endInvitations(queries, before, after)
      touched.set(after.id, 'record')
      return grant(after)
    },
    touch(id) {
      if (touched.get(id) !== 'created') touched.set(id, 'record')
    },
    async signedIn(id, at) {
      await queries.run(noteSignIn, { id, at })
      if (!touched.has(id)) touched.set(id, 'sign_in')
    },
    async isEmpty() {
      return (await queries.all(anyUser, {})).length === 0
    },
    async hold(ids) {
      const held = queries.sql
        .selectFrom('users')
        .select('id')
        .where('id', 'in', [...new Set(ids)])
        .orderBy('id')
      if (ids.length > 0) await queries.query(queries.dialect.lock(held))
    },
    holdStem: async (stem) => queries.dialect.holdWord(queries, stem),
    putOff: () => constraints.putOff(),
    settle: () => constraints.settle(),
  }
  return users
}

/** A number that somebody brought along may be the next one's on this engine or that: it is gone past. Null when somebody has the id. */
async function insertNext(queries: Queries, row: NewRow): Promise<number | null> {
  for (let attempt = 0; attempt < numberAttemptsMax; attempt += 1) {
    const [inserted] = (await queries.all(insert, row)) as { number: number }[]
    if (inserted !== undefined) return inserted.number
    if ((await everAmong(queries, [row.id])).length > 0) return null
  }
  throw new Error('no number is free')
}

const numberAttemptsMax = 1_000

type Arriving = Pick<Arrival, 'user' | 'number' | 'searched'>

/** The numbers that they have from here on; null for each whose id somebody has. */
async function insertAll(queries: Queries, people: readonly Arriving[]): Promise<readonly (number | null)[]> {
  const together = await insertTogether(queries, people)
  if (together !== null) return together
  const numbers: (number | null)[] = []
  for (const { user, number } of people) numbers.push(await insertWith(queries, rowOf(queries, user), number))
  return numbers
}

/** The numbers that they have from here on. Null, and nobody is in, when something is in the way of one of them. */
async function insertTogether(queries: Queries, people: readonly Arriving[]): Promise<readonly number[] | null> {
  const wanted = people.flatMap(({ number }) => number ?? [])
  if (wanted.length > 0 && wanted.length < people.length) return null
  const numbers = wanted.length > 0 ? wanted : await queries.dialect.nextNumbers(queries, people.length)
  const rows = people.map(({ user }, place) => {
    const row = rowOf(queries, user)
    return [numbers[place], ...columns.map((column) => row[column])]
  })
  if (!(await queries.attempt(async () => (await queries.insertMany(into, rows)) === rows.length))) return null
  const highest = wanted.reduce((one, other) => Math.max(one, other), 0)
  if (highest > 0) await queries.dialect.numberOn(queries, 'users', highest)
  return numbers
}

/** The wanted number if it is free, else the next. Null when somebody has the id. */
async function insertWith(queries: Queries, row: NewRow, wanted: number | null): Promise<number | null> {
  const number = wanted === null ? null : await insertAs(queries, row, wanted)
  return number ?? insertNext(queries, row)
}

/** Null when somebody has the number, or the id. */
async function insertAs(queries: Queries, row: NewRow, number: number): Promise<number | null> {
  const inserted = await queries.all(insertNumbered, { ...row, number })
  if (inserted.length === 0) return null
  await queries.dialect.numberOn(queries, 'users', number)
  return number
}

async function everAmong(queries: Queries, ids: readonly UserId[]): Promise<UserId[]> {
  if (ids.length === 0) return []
  const rows = await queries.query(
    queries.sql
      .selectFrom('users')
      .select('id')
      .where('id', 'in', [...ids]),
  )
  return rows.map(({ id }) => id)
}

const byId = statement((sql, p: { id: UserId }) => sql.selectFrom('users').selectAll().where('id', '=', p.id))

const byIdHeld = statement((sql, p: { id: UserId }, dialect) =>
  dialect.lock(sql.selectFrom('users').selectAll().where('id', '=', p.id)),
)

const byNumber = statement((sql, p: { number: number }) =>
  sql.selectFrom('users').selectAll().where('number', '=', p.number),
)

const byNumberHeld = statement((sql, p: { number: number }, dialect) =>
  dialect.lock(sql.selectFrom('users').selectAll().where('number', '=', p.number)),
)

const formerlyNear = statement((sql, p: { key: string }) =>
  sql.selectFrom('users').select('email').where('sort_email', '=', p.key).where('deleted_at', 'is not', null),
)

const anyUser = statement((sql, _: object) => sql.selectFrom('users').select('number').limit(1))

const insert = statement((sql, p: NewRow) =>
  sql
    .insertInto('users')
    .values(columnsOf(p))
    .onConflict((conflict) => conflict.doNothing())
    .returning('number'),
)

const insertNumbered = statement((sql, p: NewRow & { number: number }) =>
  sql
    .insertInto('users')
    .values({ number: p.number, ...columnsOf(p) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number'),
)

const update = statement((sql, p: NewRow & { expected: number }) =>
  sql.updateTable('users').set(columnsOf(p)).where('id', '=', p.id).where('version', '=', p.expected),
)

const noteSignIn = statement((sql, p: { id: UserId; at: number }) =>
  sql.updateTable('users').set({ last_login_at: p.at }).where('id', '=', p.id),
)

/** A row of the table as it is read. */
export type UserRow = Omit<UsersTable, 'number'> & { number: number }
type NewRow = Omit<UsersTable, 'number' | 'erased_at'>

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
    folded_email: foldedName(user.email),
    folded_username: foldedName(user.username),
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
    folded_email: p.folded_email,
    folded_username: p.folded_username,
  }
}

const columns = Object.keys(columnsOf({} as NewRow)) as (keyof NewRow)[]
const into = { table: 'users', columns: ['number', ...columns] } as const

/** Live, deleted or erased. */
export async function anyUserHeld(queries: Queries, id: UserId): Promise<User | null> {
  const row = await first(queries.all(byIdHeld, { id }))
  return row === undefined ? null : userOf(queries, row)
}

export function userOf(queries: Queries, row: UserRow): User {
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

function live(queries: Queries, row: UserRow | undefined): User | null {
  return row === undefined || row.deleted_at !== null ? null : userOf(queries, row)
}

function particularsContext(id: UserId): string {
  return `users.particulars:${id}`
}
