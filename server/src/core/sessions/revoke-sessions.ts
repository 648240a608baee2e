import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import type { Parsed } from '../users/text.ts'
import type { UserId } from '../users/user.ts'
import { inPerson } from './in-person.ts'
import { isOver, parseSessionId, type SessionId } from './session.ts'

/** Ends one session, one's own or anybody's for an admin, in person; its tokens are refused from the next request on. */
export async function revokeSession(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: { readonly id: string; readonly sid: string },
): Promise<
  Outcome<{ atMs: number }, 'not_allowed' | 'not_in_person' | 'invalid' | 'user_not_found' | 'session_not_found'>
> {
  const allowed = allow(actor, wanted.id)
  if (!allowed.ok) return allowed
  const reading = startReading([])
  const id = reading.read('id', wanted.id, parseUserId)
  const sessionId = reading.read('sid', wanted.sid, parseSessionId)
  if (id === undefined || sessionId === undefined) return invalid(reading.faults)
  return core.commit('revoke-session', { actor, id, sessionId })
}

/** A session is found among those of its user only. The user is held before it, as by whoever ends all of theirs. */
export async function commitRevokeSession(
  transaction: Transaction,
  { actor, id, sessionId }: { actor: Actor; id: UserId; sessionId: SessionId },
): Promise<Outcome<{ atMs: number }, 'user_not_found' | 'session_not_found'>> {
  const { store, nowMs } = transaction
  if ((await store.users.byId(id)) === null) return refuse({ code: 'user_not_found', wanted: id })
  const session = await store.sessions.byId(sessionId)
  if (session === null || session.userId !== id || isOver(session, nowMs)) return refuse({ code: 'session_not_found' })
  await store.sessions.end(sessionId, id, nowMs)
  await record(transaction, actor, id, 'session_revoked')
  return grant({ atMs: nowMs })
}

export interface RevocationValues {
  /** `current` spares the session that asks. */
  keep: string
}

/** Ends all sessions of one person: one's own, or anybody's for an admin, in person. */
export async function revokeSessions(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  wanted: string,
  form: Form<RevocationValues>,
): Promise<Outcome<{ revoked: number; atMs: number }, 'not_allowed' | 'not_in_person' | 'invalid' | 'user_not_found'>> {
  const allowed = allow(actor, wanted)
  if (!allowed.ok) return allowed
  const reading = startReading(form.faults)
  const id = reading.read('id', wanted, parseUserId)
  const keepsCurrent = reading.read('keep', form.values.keep, parseKeep) !== undefined
  if (reading.faults.length > 0 || id === undefined) return invalid(reading.faults)
  const current = inPerson(actor)?.sessionId ?? null
  return core.commit('revoke-sessions', { actor, id, keep: keepsCurrent ? current : null })
}

export async function commitRevokeSessions(
  transaction: Transaction,
  { actor, id, keep }: { actor: Actor; id: UserId; keep: SessionId | null },
): Promise<Outcome<{ revoked: number; atMs: number }, 'user_not_found'>> {
  const { store, nowMs } = transaction
  if ((await store.users.byId(id)) === null) return refuse({ code: 'user_not_found', wanted: id })
  const revoked = await store.sessions.endAll(id, nowMs, keep)
  if (revoked > 0) await record(transaction, actor, id, 'session_revoked')
  return grant({ revoked, atMs: nowMs })
}

function allow(actor: Actor, wanted: string): Outcome<null, 'not_allowed' | 'not_in_person'> {
  const isOwn = actor.kind === 'user' && actor.id === wanted.toLowerCase()
  if (!isOwn && !may(actor, 'sessions:manage')) return refuse({ code: 'not_allowed', needs: 'sessions:manage' })
  return isInPerson(actor) ? grant(null) : refuse({ code: 'not_in_person' })
}

function parseKeep(sent: string): Parsed<'current'> {
  return sent === 'current' ? { value: sent } : { flaw: { flaw: 'not_one_of', values: ['current'] } }
}
