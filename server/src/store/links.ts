import type { InvitationId } from '../core/invitations/invitation.ts'
import { limits } from '../core/limits.ts'
import type { Link, LinkId, LinkPurpose } from '../core/links/link.ts'
import type { LinkReads, LinkStore } from '../core/links/ports.ts'
import type { Email, UserId } from '../core/users/user.ts'
import { uuidv7 } from './ids.ts'
import { first, type Queries, statement } from './queries.ts'
import type { LinksTable } from './tables.ts'

export function linkReads(queries: Queries): LinkReads {
  return {
    async byId(id) {
      const row = await first(queries.all(byId, { id }))
      return row === undefined ? null : linkOf(queries, row)
    },
  }
}

export function linkStore(queries: Queries): LinkStore {
  return {
    ...linkReads(queries),
    async issue({ userId, purpose, email, createdAtMs, expiresAtMs, invitationId = null }) {
      const id = uuidv7(createdAtMs) as LinkId
      await queries.run(insert, {
        id,
        user_id: userId,
        purpose,
        email: queries.seal(email, context(id)),
        created_at: createdAtMs,
        expires_at: expiresAtMs,
        ended_at: null,
        invitation_id: invitationId,
      })
      return id
    },
    async spend(id, purpose, at) {
      const row = await first(queries.all(spend, { id, purpose, at }))
      return row === undefined ? null : linkOf(queries, row)
    },
    async voidAll(userId, purpose, at) {
      await queries.run(endAll, { userId, purpose, at })
    },
    async voidInvitation(userId, invitationId, at) {
      await queries.run(endInvitation, { userId, invitationId, at })
    },
    async voidAllBut(userId, purpose, at) {
      await queries.run(endAllBut, { userId, purpose, at })
    },
    async voidEvery(userId, at) {
      await queries.run(endEvery, { userId, at })
    },
    async countRequest(name, at) {
      const dayBefore = at - limits.linkRequestsDayMs
      const heeded = await queries.all(countRequest, { name, at, dayBefore, before: at - limits.linkRequestsApartMs })
      return heeded.length > 0
    },
    async forget(expiredBefore, countedBefore) {
      const links = await queries.run(forgetExpired, { before: expiredBefore })
      return links + (await queries.run(forgetRequests, { before: countedBefore }))
    },
  }
}

export function linkOf(queries: Queries, row: LinksTable): Link {
  return {
    id: row.id,
    purpose: row.purpose,
    userId: row.user_id,
    email: queries.unseal(row.email, context(row.id)) as Email,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    endedAtMs: row.ended_at,
    invitationId: row.invitation_id,
  }
}

function context(id: LinkId): string {
  return `links.email:${id}`
}

const byId = statement((sql, p: { id: LinkId }) => sql.selectFrom('links').selectAll().where('id', '=', p.id))

const insert = statement((sql, p: LinksTable) =>
  sql.insertInto('links').values({
    id: p.id,
    user_id: p.user_id,
    purpose: p.purpose,
    email: p.email,
    created_at: p.created_at,
    expires_at: p.expires_at,
    ended_at: p.ended_at,
    invitation_id: p.invitation_id,
  }),
)

const spend = statement((sql, p: { id: LinkId; purpose: LinkPurpose; at: number }) =>
  sql
    .updateTable('links')
    .set({ ended_at: p.at })
    .where('id', '=', p.id)
    .where('purpose', '=', p.purpose)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', p.at)
    .returningAll(),
)

const endAll = statement((sql, p: { userId: UserId; purpose: LinkPurpose; at: number }) =>
  sql
    .updateTable('links')
    .set({ ended_at: p.at })
    .where('user_id', '=', p.userId)
    .where('purpose', '=', p.purpose)
    .where('ended_at', 'is', null),
)

const endInvitation = statement((sql, p: { userId: UserId; invitationId: InvitationId; at: number }) =>
  sql
    .updateTable('links')
    .set({ ended_at: p.at })
    .where('user_id', '=', p.userId)
    .where('invitation_id', '=', p.invitationId)
    .where('ended_at', 'is', null),
)

const endAllBut = statement((sql, p: { userId: UserId; purpose: LinkPurpose; at: number }) =>
  sql
    .updateTable('links')
    .set({ ended_at: p.at })
    .where('user_id', '=', p.userId)
    .where('purpose', '!=', p.purpose)
    .where('ended_at', 'is', null),
)

const endEvery = statement((sql, p: { userId: UserId; at: number }) =>
  sql.updateTable('links').set({ ended_at: p.at }).where('user_id', '=', p.userId).where('ended_at', 'is', null),
)

/** One statement, so that of any number who ask at once one is heeded. Asking again puts nothing off. */
const countRequest = statement((sql, p: { name: string; at: number; dayBefore: number; before: number }) =>
  sql
    .insertInto('link_requests')
    .values({ name: p.name, began_at: p.at, last_at: p.at, n: 1 })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet(({ eb, ref }) => {
          const isOver = eb('link_requests.began_at', '<=', p.dayBefore)
          return {
            began_at: eb.case().when(isOver).then(p.at).else(ref('link_requests.began_at')).end(),
            n: eb
              .case()
              .when(isOver)
              .then(1)
              .else(eb('link_requests.n', '+', 1))
              .end(),
            last_at: p.at,
          }
        })
        .where('link_requests.last_at', '<=', p.before)
        .where((eb) =>
          eb.or([
            eb('link_requests.n', '<', limits.linkRequestsPerDayMax),
            eb('link_requests.began_at', '<=', p.dayBefore),
          ]),
        ),
    )
    .returning('name'),
)

const forgetExpired = statement((sql, p: { before: number }) =>
  sql
    .deleteFrom('links')
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('links')
        .select('id')
        .where('expires_at', '<=', p.before)
        .orderBy('expires_at')
        .limit(limits.linksForgottenAtOnceMax),
    ),
)

const forgetRequests = statement((sql, p: { before: number }) =>
  sql
    .deleteFrom('link_requests')
    .where('name', 'in', (sub) =>
      sub
        .selectFrom('link_requests')
        .select('name')
        .where('began_at', '<=', p.before)
        .orderBy('began_at')
        .limit(limits.linksForgottenAtOnceMax),
    ),
)
