import { listSessions } from '../../core/sessions/list-sessions.ts'
import { revokeSession, revokeSessions } from '../../core/sessions/revoke-sessions.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { instant, presentSessionsPage } from './present.ts'
import { refusals } from './refusals.ts'
import { ownId } from './users.ts'

export async function list(call: Call): Promise<Answer> {
  return listOf(call, call.params.id ?? '')
}

export async function listOwn(call: Call): Promise<Answer> {
  return listOf(call, ownId(call))
}

async function listOf({ core, actor, query }: Call, id: string): Promise<Answer> {
  const listed = await listSessions(core, actor, id, readQuery(query, ['page', 'limit']))
  if (!listed.ok) return phrase(refusals, listed.refusal)
  return json(200, presentSessionsPage(listed.value), { 'cache-control': 'private, no-cache' })
}

export async function revoke(call: Call): Promise<Answer> {
  return revokeOf(call, call.params.id ?? '')
}

export async function revokeOwn(call: Call): Promise<Answer> {
  return revokeOf(call, ownId(call))
}

async function revokeOf({ core, actor, params }: Call, id: string): Promise<Answer> {
  const revoked = await revokeSession(core, actor, { id, sid: params.sid ?? '' })
  if (!revoked.ok) return phrase(refusals, revoked.refusal)
  return json(200, { message: 'Session revoked successfully', revokedAt: instant(revoked.value.atMs) })
}

export async function revokeAll(call: Call): Promise<Answer> {
  return revokeAllOf(call, call.params.id ?? '')
}

export async function revokeAllOwn(call: Call): Promise<Answer> {
  return revokeAllOf(call, ownId(call))
}

async function revokeAllOf({ core, actor, query }: Call, id: string): Promise<Answer> {
  const revoked = await revokeSessions(core, actor, id, readQuery(query, ['keep']))
  if (!revoked.ok) return phrase(refusals, revoked.refusal)
  const { revoked: count, atMs } = revoked.value
  return json(200, { message: 'Sessions revoked successfully', revoked: count, revokedAt: instant(atMs) })
}
