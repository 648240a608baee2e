import { type Actor, nowhere } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import type { Session } from './session.ts'

export interface ShownSession {
  readonly session: Session
  /** Whether it is the session that asks. */
  readonly isCurrent: boolean
}

/** Where somebody is signed in, newest use first: one's own sessions, or anybody's for an admin. */
export async function listSessions(
  core: Pick<Core, 'clock' | 'directory'>,
  actor: Actor,
  wanted: string,
  form: Form<PageValues>,
): Promise<Outcome<Page<ShownSession>, 'not_allowed' | 'invalid' | 'user_not_found'>> {
  const isOwn = actor.kind === 'user' && actor.id === wanted.toLowerCase()
  const needs = isOwn ? 'users:read' : 'sessions:manage'
  if (!may(actor, needs)) return refuse({ code: 'not_allowed', needs })
  const reading = startReading(form.faults)
  const id = reading.read('id', wanted, parseUserId)
  const { page, limit } = readPage(form.values, reading, limits.sessionsPageSizeDefault)
  if (reading.faults.length > 0 || id === undefined) return invalid(reading.faults)
  if ((await core.directory.users.byId(id)) === null) return refuse({ code: 'user_not_found', wanted })
  const offset = (page - 1) * limit
  const found = await core.directory.sessions.page({ userId: id, atMs: core.clock(), offset, limit })
  const current = actor.kind === 'user' && 'sessionId' in actor.means ? actor.means.sessionId : null
  const items = found.sessions.map((session) => ({
    session: may(actor, 'sessions:manage') ? session : withoutOthersOrigin(session),
    isCurrent: session.id === current,
  }))
  return grant({ items, page, limit, total: found.total })
}

/** From where an admin acts in somebody's stead is not for them to know. */
function withoutOthersOrigin(session: Session): Session {
  return session.impersonator === undefined ? session : { ...session, origin: nowhere }
}
