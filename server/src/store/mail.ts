import type { MailId, NewMail } from '../core/mail/mail.ts'
import type { MailStore } from '../core/ports.ts'
import { uuidv7 } from './ids.ts'
import { type Queries, statement } from './queries.ts'
import type { MailTable } from './tables.ts'

/** What is kept sealed of a mail. */
export type MailContent = Pick<NewMail, 'to' | 'name' | 'message'>

export function mailStore(queries: Queries): MailStore {
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
        attempts: 0,
        settled_at: null,
        failure: null,
        content: queries.seal(JSON.stringify(content), context(id)),
      })
    },
  }
}

function context(id: MailId): string {
  return `mail.content:${id}`
}

const insert = statement((sql, p: MailTable) =>
  sql.insertInto('mail').values({
    id: p.id,
    user_id: p.user_id,
    kind: p.kind,
    state: p.state,
    created_at: p.created_at,
    due_at: p.due_at,
    attempts: p.attempts,
    settled_at: p.settled_at,
    failure: p.failure,
    content: p.content,
  }),
)
