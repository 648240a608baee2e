import { sql as raw, type SelectQueryBuilder } from '#kysely'
import type { Invitation, InvitationId, InvitationState, Invited, Invitee } from '../core/invitations/invitation.ts'
import type { InvitationQuestion, InvitationReads, InvitationStore } from '../core/invitations/ports.ts'
import type { OrganizationId } from '../core/organizations/organization.ts'
import { canonical, sortKey } from '../core/users/text.ts'
import type { Email, NewUser, UserId } from '../core/users/user.ts'
import { uuidv7 } from './ids.ts'
import { first, type Queries, statement } from './queries.ts'
import type { InvitationsTable, Tables, UsersTable } from './tables.ts'

export function invitationReads(queries: Queries): InvitationReads {
  return {
    async byId(id) {
      const row = await first(queries.all(byId, { id }))
      return row === undefined ? null : invitedOf(queries, row)
    },
    async openOf(userId) {
      const row = await first(queries.all(openOf, { userId }))
      return row === undefined ? null : invitationOf(row)
    },
  }
}

export function invitationStore(queries: Queries): InvitationStore {
  return {
    ...invitationReads(queries),
    async add(invitation, sent) {
      const id = uuidv7(invitation.createdAtMs) as InvitationId
      const row: InvitationsTable = {
        id,
        user_id: invitation.userId,
        made_user: invitation.madeUser ? 1 : 0,
        invited_by: invitation.invitedBy,
        created_at: invitation.createdAtMs,
        sent_at: invitation.sentAtMs,
        expires_at: invitation.expiresAtMs,
        accepted_at: null,
        revoked_at: null,
        organization_id: invitation.into?.organizationId ?? null,
        organization_role: invitation.into?.role ?? null,
        address: sent?.address ?? null,
        sent: sent === undefined ? null : queries.seal(JSON.stringify(sent.invitee), context(id)),
      }
      await queries.run(insert, row)
      return invitationOf(row)
    },
    async renew(id, { invitedBy, sentAtMs, expiresAtMs }) {
      await queries.run(renew, { id, invitedBy, sentAtMs, expiresAtMs })
    },
    async revoke(id, at) {
      await queries.run(revoke, { id, at })
    },
    async openInto(organizationId, address) {
      const row = await first(queries.all(openInto, { organizationId, address }))
      return row === undefined ? null : invitationOf(row)
    },
    countOpenInto: async (organizationId) => (await first(queries.all(countOpenInto, { organizationId })))?.n ?? 0,
    hasOpen: async (userId) => (await queries.all(anyOpen, { userId })).length > 0,
    async accept(id, at) {
      await queries.run(accept, { id, at })
    },
    async revokeInto(organizationId, at) {
      await queries.run(revokeInto, { organizationId, at })
    },
  }
}

/** What the user was asked into is over when they are pending no longer, whatever made them so, or are deleted. */
export async function endInvitations(queries: Queries, before: NewUser, after: NewUser): Promise<void> {
  if (before.deletion === null && after.deletion !== null)
    await queries.run(revokeIntoAll, { userId: after.id, at: after.updatedAtMs })
  const isPending = ({ status, deletion }: NewUser) => status === 'pending' && deletion === null
  if (!isPending(before) || isPending(after)) return
  const isIn = after.status === 'active' && after.deletion === null
  await queries.run(isIn ? acceptOf : revokeOf, { userId: after.id, at: after.updatedAtMs })
}

/** A page of the invitations that match, newest first, with the exact total. */
export async function pageOfInvitations(
  queries: Queries,
  question: InvitationQuestion,
): Promise<{ items: Invited[]; total: number }> {
  const matching = await matchingOf(queries, question)
  const [counted] = await queries.query(matching.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  const page = matching
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(question.limit)
    .offset(question.offset)
  const rows = await queries.query(
    queries.sql
      .selectFrom(page.as('page'))
      .innerJoin('users', 'users.id', 'page.user_id')
      .selectAll('page')
      .select(['users.email', 'users.first_name', 'users.last_name', 'users.role'])
      .orderBy('page.created_at', 'desc')
      .orderBy('page.id', 'desc'),
  )
  return { items: rows.map((row) => invitedOf(queries, row)), total: counted?.n ?? 0 }
}

type Matching = SelectQueryBuilder<Tables, 'invitations', object>

async function matchingOf(queries: Queries, { state, email, within, atMs }: InvitationQuestion): Promise<Matching> {
  const all = thoseInto(queries.sql.selectFrom('invitations'), within)
  const those = email === null ? all : await thoseTo(queries, all, email)
  return state === null ? those : among[state](those, atMs)
}

function thoseInto(all: Matching, within: InvitationQuestion['within']): Matching {
  if (within === null) return all
  const those = all.where('organization_id', 'in', within.organizationIds)
  return within.address === null ? those : those.where('address', '=', within.address)
}

/** Of whoever has the address, and of all who had it when they were deleted. */
async function thoseTo({ sql, ...queries }: Queries, all: Matching, email: Email): Promise<Matching> {
  const former = () =>
    sql.selectFrom('users').where('sort_email', '=', sortKey(email)).where('deleted_at', 'is not', null)
  const spellings = await queries.query(former().select('email').distinct().limit(spellingsMax))
  const same = spellings.flatMap((row) =>
    row.email !== null && canonical(row.email) === canonical(email) ? row.email : [],
  )
  const holder = sql
    .selectFrom('claims')
    .select('user_id as id')
    .where('kind', '=', 'email')
    .where('value', '=', canonical(email))
  const holders = same.length === 0 ? holder : holder.unionAll(former().select('id').where('email', 'in', same))
  return all.where('user_id', 'in', holders)
}

const spellingsMax = 1_000

const among: Readonly<Record<InvitationState, (all: Matching, atMs: number) => Matching>> = {
  pending: (all, atMs) => open(all).where('expires_at', '>', atMs),
  expired: (all, atMs) => open(all).where('expires_at', '<=', atMs),
  accepted: (all) => all.where('accepted_at', 'is not', null),
  revoked: (all) => all.where('revoked_at', 'is not', null),
}

function open(all: Matching): Matching {
  return all.where('accepted_at', 'is', null).where('revoked_at', 'is', null)
}

export function invitationOf(row: InvitationsTable): Invitation {
  return {
    id: row.id,
    userId: row.user_id,
    madeUser: row.made_user === 1,
    invitedBy: row.invited_by,
    createdAtMs: row.created_at,
    sentAtMs: row.sent_at,
    expiresAtMs: row.expires_at,
    acceptedAtMs: row.accepted_at,
    revokedAtMs: row.revoked_at,
    into: row.organization_id === null ? null : { organizationId: row.organization_id, role: roleOf(row) },
  }
}

function roleOf({ organization_role: role }: InvitationsTable) {
  if (role === null) throw new Error('an invitation into an organization says as what')
  return role
}

type WithUser = InvitationsTable & Pick<UsersTable, 'email' | 'first_name' | 'last_name' | 'role'>

export function invitedOf(queries: Queries, row: WithUser): Invited {
  const invitation = invitationOf(row)
  if (row.sent !== null)
    return { invitation, invitee: JSON.parse(queries.unseal(row.sent, context(row.id))) as Invitee }
  const { email, first_name: firstName, last_name: lastName, role } = row
  return { invitation, invitee: { email, firstName, lastName, role } }
}

function context(id: InvitationId): string {
  return `invitations.sent:${id}`
}

const byId = statement((sql, p: { id: InvitationId }) =>
  sql
    .selectFrom('invitations')
    .innerJoin('users', 'users.id', 'invitations.user_id')
    .selectAll('invitations')
    .select(['users.email', 'users.first_name', 'users.last_name', 'users.role'])
    .where('invitations.id', '=', p.id),
)

const openOf = statement((sql, p: { userId: UserId }) =>
  sql
    .selectFrom('invitations')
    .selectAll()
    .where('user_id', '=', p.userId)
    .where('organization_id', 'is', null)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null),
)

const insert = statement((sql, p: InvitationsTable) =>
  sql.insertInto('invitations').values({
    id: p.id,
    user_id: p.user_id,
    made_user: p.made_user,
    invited_by: p.invited_by,
    created_at: p.created_at,
    sent_at: p.sent_at,
    expires_at: p.expires_at,
    accepted_at: p.accepted_at,
    revoked_at: p.revoked_at,
    organization_id: p.organization_id,
    organization_role: p.organization_role,
    address: p.address,
    sent: p.sent,
  }),
)

const openInto = statement((sql, p: { organizationId: OrganizationId; address: string }) =>
  sql
    .selectFrom('invitations')
    .selectAll()
    .where('organization_id', '=', p.organizationId)
    .where('address', '=', p.address)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null),
)

const countOpenInto = statement((sql, p: { organizationId: OrganizationId }) =>
  sql
    .selectFrom('invitations')
    .select(raw<number>`cast(count(*) as bigint)`.as('n'))
    .where('organization_id', '=', p.organizationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null),
)

const anyOpen = statement((sql, p: { userId: UserId }) =>
  sql
    .selectFrom('invitations')
    .select('id')
    .where('user_id', '=', p.userId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .limit(1),
)

const accept = statement((sql, p: { id: InvitationId; at: number }) =>
  sql.updateTable('invitations').set({ accepted_at: p.at }).where('id', '=', p.id),
)

const revokeInto = statement((sql, p: { organizationId: OrganizationId; at: number }) =>
  sql
    .updateTable('invitations')
    .set({ revoked_at: p.at })
    .where('organization_id', '=', p.organizationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null),
)

const revokeIntoAll = statement((sql, p: { userId: UserId; at: number }) =>
  sql
    .updateTable('invitations')
    .set({ revoked_at: p.at })
    .where('user_id', '=', p.userId)
    .where('organization_id', 'is not', null)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null),
)

type Renewal = Pick<Invitation, 'id' | 'invitedBy' | 'sentAtMs' | 'expiresAtMs'>

const renew = statement((sql, p: Renewal) =>
  sql
    .updateTable('invitations')
    .set({ invited_by: p.invitedBy, sent_at: p.sentAtMs, expires_at: p.expiresAtMs })
    .where('id', '=', p.id),
)

const revoke = statement((sql, p: { id: InvitationId; at: number }) =>
  sql.updateTable('invitations').set({ revoked_at: p.at }).where('id', '=', p.id),
)

const acceptOf = statement((sql, p: { userId: UserId; at: number }) =>
  sql
    .updateTable('invitations')
    .set({ accepted_at: p.at })
    .where('user_id', '=', p.userId)
    .where('organization_id', 'is', null)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null),
)

const revokeOf = statement((sql, p: { userId: UserId; at: number }) =>
  sql
    .updateTable('invitations')
    .set({ revoked_at: p.at })
    .where('user_id', '=', p.userId)
    .where('organization_id', 'is', null)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null),
)
