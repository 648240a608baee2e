import { sql as raw } from '#kysely'
import { limits } from '../core/limits.ts'
import type { Mail, MailFailure, MailId, MailWay, MessageKind, NewMail } from '../core/mail/mail.ts'
import type { MailQuestion, MailReads, MailStore } from '../core/mail/ports.ts'
import type { UserId } from '../core/users/user.ts'
import { uuidv7 } from './ids.ts'
import { first, type Queries, statement } from './queries.ts'
import type { MailTable, Sealed } from './tables.ts'

/** What is kept sealed of a mail. */
export type MailContent = Pick<NewMail, 'to' | 'name' | 'message'>

export function mailReads(queries: Queries): Omit<MailReads, 'page'> {
  return {
    async byId(id) {
      const row = await first(queries.all(byId, { id }))
      return row === undefined ? null : mailOf(queries, row)
    },
    async isAnyDue(nowMs) {
      return (await queries.all(anyDue, { nowMs })).length > 0
    },
    async counts() {
      const rows = await queries.all(countUnsent, {})
      const of = (state: 'waiting' | 'dead') => rows.find((row) => row.state === state)?.n ?? 0
      return { waiting: of('waiting'), dead: of('dead') }
    },
  }
}

/** A page of the outbox, newest first, with the exact total. */
export async function pageOfMail(
  queries: Queries,
  { state, offset, limit }: MailQuestion,
): Promise<{ mails: Mail[]; total: number }> {
  const every = queries.sql.selectFrom('mail')
  const matching = state === null ? every : every.where('state', '=', state)
  const [counted] = await queries.query(matching.select(raw<number>`cast(count(*) as bigint)`.as('n')))
  const rows = await queries.query(matching.selectAll().orderBy('id', 'desc').limit(limit).offset(offset))
  return { mails: rows.map((row) => mailOf(queries, row)), total: counted?.n ?? 0 }
}

/** `noteMail` is told of mail that is to be sent at once. */
export function mailStore(queries: Queries, noteMail: () => void): MailStore {
  return {
    async add({ userId, to, name, message, atMs }) {
      const id = uuidv7(atMs) as MailId
      const content: MailContent = { to, name, message }
      await queries.run(insert, {
        id,
        user_id: userId,
        kind: message.kind,
        state: 'waiting',
        created_at: atMs,
        due_at: atMs,
        tried_until: atMs + limits.mailTriedForMs,
        attempts: 0,
        settled_at: null,
        via: null,
        failure: null,
        content: queries.seal(JSON.stringify(content), context(id)),
      })
      noteMail()
    },
    async countSince(userId, kind, since) {
      return (await first(queries.all(countKind, { userId, kind, since })))?.n ?? 0
    },
    async byId(id) {
      const row = await first(queries.all(byIdHeld, { id }))
      return row === undefined ? null : mailOf(queries, row)
    },
    async takeUp(wanted) {
      const rows = await queries.all(takeUp, wanted)
      return rows.map((row) => mailOf(queries, row))
    },
    async reclaim(nowMs) {
      await queries.run(reclaim, { nowMs })
    },
    async sent(id, via, atMs) {
      await queries.run(noteSent, { id, via, atMs })
    },
    async putOff({ id, attempts }, dueAtMs, failure) {
      await queries.run(putOff, { id, attempts, dueAtMs, failure })
    },
    async bury({ id, attempts }, failure, atMs) {
      return (await queries.run(bury, { id, attempts, failure, atMs })) > 0
    },
    async revive({ id, dueAtMs, triedUntilMs }) {
      await queries.run(revive, { id, dueAtMs, triedUntilMs })
      noteMail()
    },
    async forget(before) {
      return queries.run(forgetSome, { before })
    },
  }
}

/** Takes the names of those who invited somebody out of the mail that was written for it. */
export async function forgetInviter(queries: Queries, invited: UserId): Promise<void> {
  for (const { id, content } of await queries.all(invitingMail, { invited })) {
    const { message, ...rest } = JSON.parse(queries.unseal(content, context(id))) as MailContent
    if (!('invitedBy' in message) || message.invitedBy === null) continue
    const nameless: MailContent = { ...rest, message: { ...message, invitedBy: null } }
    await queries.run(rewrite, { id, content: queries.seal(JSON.stringify(nameless), context(id)) })
  }
}

export function mailOf(queries: Queries, row: MailTable): Mail {
  const { to, name, message } = JSON.parse(queries.unseal(row.content, context(row.id))) as MailContent
  return {
    id: row.id,
    userId: row.user_id,
    to,
    name,
    message,
    state: row.state,
    createdAtMs: row.created_at,
    dueAtMs: row.due_at,
    triedUntilMs: row.tried_until,
    attempts: row.attempts,
    settledAtMs: row.settled_at,
    via: row.via,
    failure: row.failure,
  }
}

function context(id: MailId): string {
  return `mail.content:${id}`
}

const byId = statement((sql, p: { id: MailId }) => sql.selectFrom('mail').selectAll().where('id', '=', p.id))

const invitingMail = statement((sql, p: { invited: UserId }) =>
  sql
    .selectFrom('mail')
    .select(['id', 'content'])
    .where('user_id', '=', p.invited)
    .where('kind', 'in', ['invitation', 'organization_invitation']),
)

const rewrite = statement((sql, p: { id: MailId; content: Sealed }) =>
  sql.updateTable('mail').set({ content: p.content }).where('id', '=', p.id),
)

const countKind = statement((sql, p: { userId: UserId; kind: MessageKind; since: number }) =>
  sql
    .selectFrom('mail')
    .select(raw<number>`cast(count(*) as bigint)`.as('n'))
    .where('user_id', '=', p.userId)
    .where('kind', '=', p.kind)
    .where('created_at', '>', p.since),
)

const byIdHeld = statement((sql, p: { id: MailId }, dialect) =>
  dialect.lock(sql.selectFrom('mail').selectAll().where('id', '=', p.id)),
)

const anyDue = statement((sql, p: { nowMs: number }) =>
  sql.selectFrom('mail').select('id').where('state', '=', 'waiting').where('due_at', '<=', p.nowMs).limit(1),
)

const countUnsent = statement((sql, _: object) =>
  sql
    .selectFrom('mail')
    .select(['state', raw<number>`cast(count(*) as bigint)`.as('n')])
    .where((eb) =>
      eb.or([eb('state', '=', 'waiting'), eb.and([eb('state', '=', 'dead'), eb('failure', '!=', 'link_over')])]),
    )
    .groupBy('state'),
)

const insert = statement((sql, p: MailTable) =>
  sql.insertInto('mail').values({
    id: p.id,
    user_id: p.user_id,
    kind: p.kind,
    state: p.state,
    created_at: p.created_at,
    due_at: p.due_at,
    tried_until: p.tried_until,
    attempts: p.attempts,
    settled_at: p.settled_at,
    via: p.via,
    failure: p.failure,
    content: p.content,
  }),
)

const takeUp = statement((sql, p: { nowMs: number; untilMs: number; limit: number }, dialect) =>
  sql
    .with('due', (db) =>
      dialect.lockFree(
        db
          .selectFrom('mail')
          .select('id')
          .where('state', '=', 'waiting')
          .where('due_at', '<=', p.nowMs)
          .orderBy('due_at')
          .limit(p.limit),
      ),
    )
    .updateTable('mail')
    .set((mail) => ({ due_at: p.untilMs, attempts: mail('attempts', '+', 1) }))
    .where('id', 'in', (sub) => sub.selectFrom('due').select('id'))
    .returningAll(),
)

/** What was put off has a failure, or is due. */
const reclaim = statement((sql, p: { nowMs: number }) =>
  sql
    .updateTable('mail')
    .set({ due_at: p.nowMs })
    .where('state', '=', 'waiting')
    .where('due_at', '>', p.nowMs)
    .where('attempts', '=', 1)
    .where('failure', 'is', null),
)

/** Whoever has it now: it was sent. */
const noteSent = statement((sql, p: { id: MailId; via: MailWay; atMs: number }) =>
  sql
    .updateTable('mail')
    .set({ state: 'sent', via: p.via, settled_at: p.atMs, failure: null })
    .where('id', '=', p.id)
    .where('state', '=', 'waiting'),
)

const putOff = statement((sql, p: { id: MailId; attempts: number; dueAtMs: number; failure: MailFailure | null }) =>
  sql
    .updateTable('mail')
    .set({ due_at: p.dueAtMs, failure: p.failure })
    .where('id', '=', p.id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', p.attempts),
)

const bury = statement((sql, p: { id: MailId; attempts: number; failure: MailFailure; atMs: number }) =>
  sql
    .updateTable('mail')
    .set({ state: 'dead', settled_at: p.atMs, failure: p.failure })
    .where('id', '=', p.id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', p.attempts),
)

const revive = statement((sql, p: { id: MailId; dueAtMs: number; triedUntilMs: number }) =>
  sql
    .updateTable('mail')
    .set({ state: 'waiting', due_at: p.dueAtMs, tried_until: p.triedUntilMs, attempts: 0, settled_at: null })
    .where('id', '=', p.id),
)

const forgetSome = statement((sql, p: { before: number }) =>
  sql
    .deleteFrom('mail')
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('mail')
        .select('id')
        .where('settled_at', '<=', p.before)
        .orderBy('settled_at')
        .limit(limits.mailForgottenAtOnceMax),
    ),
)
