import { type Kysely, sql as raw } from '#kysely'
import type { Member, OrganizationId, OrganizationRole } from '../core/organizations/organization.ts'
import type { MemberQuestion, MemberReads, MemberStore } from '../core/organizations/ports.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import { organizationOf } from './organizations.ts'
import { first, type Queries, statement } from './queries.ts'
import type { MembersTable, Tables, UsersTable } from './tables.ts'

export function memberReads(queries: Queries): MemberReads {
  return {
    async roleIn(organizationId, userId) {
      return (await first(queries.all(one, { organizationId, userId })))?.role_there ?? null
    },
    async ofUser(userId) {
      const rows = await queries.all(ofUser, { userId })
      return rows.map((row) => ({ organization: organizationOf(row), role: row.role, sinceMs: row.since }))
    },
    async areFellows(one, other) {
      return (await queries.all(fellows, { one, other })).length > 0
    },
  }
}

/** Whoever joins, leaves or changes their role is touched, so that nothing is remembered of them that began to be read before. */
export function memberStore(queries: Queries, touched: Map<UserId, Touch>): MemberStore {
  return {
    ...memberReads(queries),
    async one(organizationId, userId) {
      const row = await first(queries.all(one, { organizationId, userId }))
      return row === undefined ? null : memberOf(row)
    },
    count: async (userId) => (await first(queries.all(countOf, { userId })))?.n ?? 0,
    async put({ organizationId, userId, role, sinceMs }) {
      await queries.run(put, { organization_id: organizationId, user_id: userId, role, since: sinceMs })
      if (touched.get(userId) !== 'created') touched.set(userId, 'record')
    },
    async remove(organizationId, userId) {
      await queries.run(remove, { organizationId, userId })
      touched.set(userId, 'record')
    },
    async hasOtherAdmin(organizationId, userId) {
      return (await queries.all(otherAdmin, { organizationId, userId })).length > 0
    },
  }
}

/** A page of an organization's members, with the exact total. */
export async function pageOfMembers(
  queries: Queries,
  { organizationId, role, offset, limit }: MemberQuestion,
): Promise<{ items: Member[]; total: number }> {
  const those = queries.sql
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .where('members.organization_id', '=', organizationId)
    .where('users.deleted_at', 'is', null)
  const matching = role === null ? those : those.where('members.role', '=', role)
  const [counted] = await queries.query(matching.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  const rows = await queries.query(
    matching.select(shown).orderBy('members.since').orderBy('members.user_id').limit(limit).offset(offset),
  )
  return { items: rows.map(memberOf), total: counted?.n ?? 0 }
}

/** Whoever belongs to an organization with the user, the user among them: for queries that leave out everybody else. */
export function fellowsOf(sql: Kysely<Tables>, userId: UserId) {
  return sql
    .selectFrom('members as own')
    .innerJoin('members as theirs', 'theirs.organization_id', 'own.organization_id')
    .select('theirs.user_id')
    .where('own.user_id', '=', userId)
}

const shown = [
  'users.id',
  'users.number',
  'users.email',
  'users.first_name',
  'users.last_name',
  'users.status',
  'members.role as role_there',
  'members.since',
] as const

type MemberRow = Pick<UsersTable, 'id' | 'email' | 'first_name' | 'last_name' | 'status'> & {
  number: number
  role_there: OrganizationRole
  since: number
}

function memberOf(row: MemberRow): Member {
  const { id, number, email, first_name: firstName, last_name: lastName, status } = row
  return { user: { id, number, email, firstName, lastName, status }, role: row.role_there, sinceMs: row.since }
}

const one = statement((sql, p: { organizationId: OrganizationId; userId: UserId }) =>
  sql
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(shown)
    .where('members.organization_id', '=', p.organizationId)
    .where('members.user_id', '=', p.userId)
    .where('users.deleted_at', 'is', null),
)

const ofUser = statement((sql, p: { userId: UserId }) =>
  sql
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .innerJoin('organizations', 'organizations.id', 'members.organization_id')
    .selectAll('organizations')
    .select(['members.role', 'members.since'])
    .where('members.user_id', '=', p.userId)
    .where('users.deleted_at', 'is', null)
    .orderBy('organizations.number'),
)

const fellows = statement((sql, p: { one: UserId; other: UserId }) =>
  sql
    .selectFrom('members as own')
    .innerJoin('members as theirs', 'theirs.organization_id', 'own.organization_id')
    .innerJoin('users as one', 'one.id', 'own.user_id')
    .innerJoin('users as other', 'other.id', 'theirs.user_id')
    .select('theirs.user_id')
    .where('own.user_id', '=', p.one)
    .where('theirs.user_id', '=', p.other)
    .where('one.deleted_at', 'is', null)
    .where('other.deleted_at', 'is', null)
    .limit(1),
)

const countOf = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('members').select(raw<number>`cast(count(*) as bigint)`.as('n')).where('user_id', '=', p.userId),
)

const put = statement((sql, p: MembersTable) =>
  sql
    .insertInto('members')
    .values({ organization_id: p.organization_id, user_id: p.user_id, role: p.role, since: p.since })
    .onConflict((conflict) => conflict.columns(['organization_id', 'user_id']).doUpdateSet({ role: p.role })),
)

const remove = statement((sql, p: { organizationId: OrganizationId; userId: UserId }) =>
  sql.deleteFrom('members').where('organization_id', '=', p.organizationId).where('user_id', '=', p.userId),
)

const otherAdmin = statement((sql, p: { organizationId: OrganizationId; userId: UserId }) =>
  sql
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select('members.user_id')
    .where('members.organization_id', '=', p.organizationId)
    .where('members.role', '=', 'admin')
    .where('members.user_id', '!=', p.userId)
    .where('users.status', '=', 'active')
    .where('users.deleted_at', 'is', null)
    .limit(1),
)
