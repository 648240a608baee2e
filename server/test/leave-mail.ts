import { join } from 'node:path'
import { openSealer } from '../src/adapters/keys.ts'
import { openDirectoryKeys } from '../src/app/directory-key.ts'
import type { Settings } from '../src/app/settings.ts'
import { type Message, type MessageKind, purposeOf } from '../src/core/mail/mail.ts'
import type { Store } from '../src/core/ports.ts'
import type { Email, UserId } from '../src/core/users/user.ts'
import { withConnection } from '../src/store/engines/postgres/connections.ts'
import { queriesOver } from '../src/store/engines/postgres/queries.ts'
import { openWriting } from '../src/store/engines/sqlite/connection.ts'
import { openQueries } from '../src/store/engines/sqlite/queries.ts'
import type { Queries } from '../src/store/queries.ts'
import { openStore } from '../src/store/store.ts'
import { cast } from './cast.ts'

/** A mail that something is to cause. */
export interface Caused {
  readonly kind: MessageKind
  /** grace, unless somebody else is meant. */
  readonly to?: string
  readonly userId?: UserId
  readonly name?: string | null
  readonly facts?: object
  readonly linkGoodForMs?: number
}

/** Leaves mail in the outbox of a directory, with the links that it names, in a transaction of a process of its own. */
export function leaveMail(settings: Settings, atMs: number, mails: readonly Caused[]): Promise<void> {
  return inTransaction(settings, (queries) => write(openStore(queries), atMs, mails))
}

/** Lets whatever is in hand, or waits for another attempt, be due as if so much time had passed. */
export function hasten(settings: Settings, ms: number): Promise<void> {
  return inTransaction(settings, async ({ sql, query }) => {
    await query(sql.updateTable('mail').set((mail) => ({ due_at: mail('due_at', '-', ms) })))
  })
}

async function inTransaction(settings: Settings, work: (queries: Queries) => Promise<void>): Promise<void> {
  const keys = await openDirectoryKeys(settings)
  if (settings.databaseUrl !== null) {
    return withConnection(settings.databaseUrl, async (connection) => {
      await connection.query({ text: 'begin' })
      await work(queriesOver(connection, openSealer(keys.seal)))
      await connection.query({ text: 'commit' })
    })
  }
  const connection = openWriting(join(settings.dataDirectory, 'roster.db'), keys.file)
  connection.exec('begin immediate')
  await work(openQueries(connection))
  connection.exec('commit')
  connection.close()
}

async function write(store: Pick<Store, 'links' | 'mail'>, atMs: number, mails: readonly Caused[]): Promise<void> {
  const { user } = cast.grace
  for (const { kind, to = user.email, userId = user.id, name = user.firstName, facts, linkGoodForMs } of mails) {
    const purpose = purposeOf(kind)
    const email = to as Email
    const expiresAtMs = atMs + (linkGoodForMs ?? 7 * 24 * 3600 * 1000)
    const link = purpose && (await store.links.issue({ userId, purpose, email, createdAtMs: atMs, expiresAtMs }))
    const message = { kind, ...(link === null ? {} : { link }), ...defaults[kind], ...facts } as Message
    await store.mail.add({ userId, to: email, name, message, atMs })
  }
}

const defaults: Partial<Record<MessageKind, object>> = {
  invitation: { invitedBy: 'Ada' },
  codes_locked: { ip: '203.0.113.7', untilMs: Date.parse('2026-01-05T09:15:00Z') },
  organization_invitation: { invitedBy: 'Ada', organization: 'Acme' },
  account_locked: { ip: '203.0.113.7', untilMs: Date.parse('2026-01-05T09:15:00Z') },
  password_changed: { by: 'owner', ip: '203.0.113.7' },
  notices_off: { by: 'admin', ip: null },
  api_token_made: { ip: '203.0.113.7' },
  api_token_revoked: { by: 'owner', ip: '203.0.113.7' },
  factor_added: { factor: 'totp', ip: '203.0.113.7' },
  factor_removed: { factor: 'passkey', by: 'admin', ip: null },
  recovery_codes_made: { ip: '203.0.113.7' },
}
