import { type Kysely, sql as raw, type SqlBool } from '#kysely'
import type { Role } from '../core/permissions.ts'
import type { StandingCount } from '../core/stats/stats.ts'
import type { Status, User } from '../core/users/user.ts'
import { first, type Queries, statement } from './queries.ts'
import type { Tables } from './tables.ts'

/** How one transaction changed the number of live users of each role and status. */
export interface CountChanges {
  add(user: Pick<User, 'role' | 'status' | 'deletion'>, delta: 1 | -1): void
  /** Appends what does not cancel out. No row is shared with another transaction, so none waits. */
  write(queries: Queries): Promise<void>
}

export function countChanges(): CountChanges {
  const deltas = new Map<string, { role: Role; status: Status; delta: number }>()
  return {
    add({ role, status, deletion }, delta) {
      if (deletion !== null) return
      const key = `${role}/${status}`
      const sum = (deltas.get(key)?.delta ?? 0) + delta
      deltas.set(key, { role, status, delta: sum })
    },
    async write(queries) {
      for (const change of deltas.values()) if (change.delta !== 0) await queries.run(append, change)
      deltas.clear()
    },
  }
}

/** Live users of a role and a status, or of all. Exact: the folded counts and what has come since are read by one statement. */
export async function totalUsers(queries: Queries, { role, status }: Wanted = { role: null, status: null }) {
  return (await first(queries.all(total, { role: role ?? 'any', status: status ?? 'any' })))?.n ?? 0
}

/** The same of each role and status, those without anybody left out. */
export async function totalsOfUsers(queries: Queries): Promise<StandingCount[]> {
  return queries.all(totals, {})
}

interface Wanted {
  readonly role: Role | null
  readonly status: Status | null
}

/** Moves the appended deltas into the counts; run now and then, so that there are few to add up. */
export async function foldCounts(queries: Queries): Promise<void> {
  const folded = await queries.all(takeDeltas, {})
  const sums = new Map<string, { role: Role; status: Status; delta: number }>()
  for (const { role, status, delta } of folded) {
    const key = `${role}/${status}`
    sums.set(key, { role, status, delta: (sums.get(key)?.delta ?? 0) + delta })
  }
  for (const key of [...sums.keys()].sort()) {
    const change = sums.get(key)
    if (change !== undefined && change.delta !== 0) await queries.run(addToCount, change)
  }
}

/** So many admins fewer, unless none would be left: false. The row is the guard, so two who demote each other meet in it. */
export async function guardLastAdmin(queries: Queries, fewer = 1): Promise<boolean> {
  return (await queries.run(fewerAdmins, { fewer })) === 1
}

export async function noteAdmins(queries: Queries, added: number): Promise<void> {
  await queries.run(moreAdmins, { added })
}

export async function activeAdmins(queries: Queries): Promise<number> {
  return (await first(queries.all(admins, {})))?.n ?? 0
}

const append = statement((sql, p: { role: Role; status: Status; delta: number }) =>
  sql.insertInto('user_count_deltas').values({ role: p.role, status: p.status, delta: p.delta }),
)

function counted(sql: Kysely<Tables>) {
  return sql.selectFrom(
    sql
      .selectFrom('user_counts')
      .select(['role', 'status', 'n'])
      .unionAll(sql.selectFrom('user_count_deltas').select(['role', 'status', 'delta as n']))
      .as('counted'),
  )
}

const total = statement((sql, p: { role: Role | 'any'; status: Status | 'any' }) =>
  counted(sql)
    .where(raw<SqlBool>`(counted.role = ${p.role} or 'any' = ${p.role})`)
    .where(raw<SqlBool>`(counted.status = ${p.status} or 'any' = ${p.status})`)
    .select(raw<number>`coalesce(cast(sum(counted.n) as bigint), 0)`.as('n')),
)

const totals = statement((sql, _: object) =>
  counted(sql)
    .select(['role', 'status', raw<number>`cast(sum(n) as bigint)`.as('n')])
    .groupBy(['role', 'status'])
    .having(raw<number>`sum(n)`, '>', 0),
)

const takeDeltas = statement((sql, _: object) =>
  sql.deleteFrom('user_count_deltas').returning(['role', 'status', 'delta']),
)

const addToCount = statement((sql, p: { role: Role; status: Status; delta: number }) =>
  sql
    .insertInto('user_counts')
    .values({ role: p.role, status: p.status, n: p.delta })
    .onConflict((conflict) =>
      conflict.columns(['role', 'status']).doUpdateSet({ n: raw<number>`user_counts.n + excluded.n` }),
    ),
)

const fewerAdmins = statement((sql, p: { fewer: number }) =>
  sql
    .updateTable('active_admins')
    .set({ n: raw<number>`n - ${p.fewer}` })
    .where('n', '>', p.fewer),
)

const moreAdmins = statement((sql, p: { added: number }) =>
  sql.updateTable('active_admins').set({ n: raw<number>`n + ${p.added}` }),
)

const admins = statement((sql, _: object) => sql.selectFrom('active_admins').select('n'))
