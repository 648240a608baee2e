import type { ExportAnswer, ExportedUser, ExportQuestion } from '../core/users/export-users.ts'
import type { User, UserId } from '../core/users/user.ts'
import { keptFactorsOf } from './factors.ts'
import { conditionsOf } from './list-aside.ts'
import { type Queries, statement } from './queries.ts'
import { isFound } from './search.ts'
import { userOf } from './users.ts'

/** Everybody is looked at on the way, so that a file of many takes no longer than the directory is large. */
export async function usersToExport(
  queries: Queries,
  { number, limit, ids: named, filter, organizations, credentials }: ExportQuestion,
): Promise<ExportAnswer> {
  const rows =
    named === null
      ? await queries.all(wholeFollowing, { number, limit })
      : await namedFollowing(queries, named, { number, limit })
  const { words, role, status } = filter
  const likely = rows.map((row) => userOf(queries, row)).filter((user) => isFound({ words, role, status }, user))
  const users = await among(queries, likely, filter)
  const ids = users.map(({ id }) => id)
  const memberships = Map.groupBy(organizations ? await membershipsOf(queries, ids) : [], byUser)
  const avatars = new Map((await hashesOf(queries, ids)).map(({ user_id, hash }) => [user_id, hash]))
  const passwords = new Map((credentials ? await passwordsOf(queries, ids) : []).map((row) => [row.user_id, row]))
  const factors = Map.groupBy(credentials ? await keptFactorsOf(queries, ids) : [], ({ factor }) => factor.userId)
  const exported = (user: User): ExportedUser => {
    const password = passwords.get(user.id)
    return {
      user,
      memberships: (memberships.get(user.id) ?? []).map(({ id, slug, role, since }) => ({
        id,
        slug,
        role,
        sinceMs: since,
      })),
      avatarHash: avatars.get(user.id) ?? null,
      password: password === undefined ? null : { hash: password.password_hash, changedAtMs: password.changed_at },
      factors: (factors.get(user.id) ?? []).filter(({ factor }) => factor.confirmedAtMs !== null),
    }
  }
  return { users: users.map(exported), last: rows.length < limit ? null : (rows.at(-1)?.number ?? null) }
}

async function among(queries: Queries, users: readonly User[], filter: ExportQuestion['filter']): Promise<User[]> {
  const ids = users.map(({ id }) => id)
  if (filter.where === null || ids.length === 0) return [...users]
  const some = queries.sql.selectFrom('users').select('id').where('id', 'in', ids)
  const rows = await queries.query(conditionsOf(queries, filter).reduce((all, condition) => all.where(condition), some))
  const left = new Set(rows.map(({ id }) => id))
  return users.filter(({ id }) => left.has(id))
}

const byUser = ({ user_id }: { user_id: UserId }) => user_id

const wholeFollowing = statement((sql, p: { number: number; limit: number }) =>
  sql
    .selectFrom('users')
    .selectAll()
    .where('deleted_at', 'is', null)
    .where('number', '>', p.number)
    .orderBy('number')
    .limit(p.limit),
)

function namedFollowing(
  { sql, query }: Queries,
  ids: readonly UserId[],
  { number, limit }: Pick<ExportQuestion, 'number' | 'limit'>,
) {
  const named = sql.selectFrom('users').selectAll().where('id', 'in', ids).where('deleted_at', 'is', null)
  return query(named.where('number', '>', number).orderBy('number').limit(limit))
}

async function membershipsOf({ sql, query }: Queries, ids: readonly UserId[]) {
  if (ids.length === 0) return []
  const some = sql
    .selectFrom('members')
    .innerJoin('organizations', 'organizations.id', 'members.organization_id')
    .select(['members.user_id', 'organizations.id', 'organizations.slug', 'members.role', 'members.since'])
    .where('members.user_id', 'in', ids)
  return query(some.orderBy('organizations.number'))
}

async function hashesOf({ sql, query }: Queries, ids: readonly UserId[]) {
  if (ids.length === 0) return []
  return query(sql.selectFrom('avatars').select(['user_id', 'hash']).where('user_id', 'in', ids))
}

async function passwordsOf({ sql, query }: Queries, ids: readonly UserId[]) {
  if (ids.length === 0) return []
  const columns = ['user_id', 'password_hash', 'changed_at'] as const
  return query(sql.selectFrom('credentials').select(columns).where('user_id', 'in', ids))
}
