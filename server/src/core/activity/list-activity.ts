import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { mayReach } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import type { Parsed } from '../users/text.ts'
import { type Activity, type ActivityType, activityTypes } from './activity.ts'

export interface ActivityValues extends PageValues {
  type: string
  from: string
  to: string
}

/** What happened to one person's account, newest first: one's own, or anybody's for an admin. */
export async function listActivity(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
  form: Form<ActivityValues>,
): Promise<Outcome<Page<Activity>, 'not_allowed' | 'invalid' | 'user_not_found'>> {
  if (!mayReach(actor, 'users:read', wanted.toLowerCase())) return refuse({ code: 'not_allowed', needs: 'users:read' })
  const reading = startReading(form.faults)
  const { values } = form
  const id = reading.read('id', wanted, parseUserId)
  const { page, limit } = readPage(values, reading, limits.activityPageSizeDefault)
  const type = reading.read('type', values.type, parseType) ?? null
  const fromMs = reading.read('from', values.from, parseInstant) ?? null
  const toMs = reading.read('to', values.to, parseInstant) ?? null
  if (reading.faults.length > 0 || id === undefined) return invalid(reading.faults)
  if ((await core.directory.users.byId(id)) === null) return refuse({ code: 'user_not_found', wanted })
  const offset = (page - 1) * limit
  const found = await core.directory.activity.page({ userId: id, type, fromMs, toMs, offset, limit })
  return grant({ items: found.entries, page, limit, total: found.total })
}

function parseType(sent: string): Parsed<ActivityType> {
  const type = activityTypes.find((known) => known === sent)
  return type === undefined ? { flaw: { flaw: 'not_one_of', values: activityTypes } } : { value: type }
}

/** An ISO 8601 date, or date and time; without an offset it is UTC. */
export function parseInstant(sent: string): Parsed<number> {
  const form = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/
  const match = form.exec(sent)
  if (match === null) return { flaw: { flaw: 'bad_instant' } }
  const [, date, time = '00:00', offset = 'Z'] = match
  const ms = Date.parse(`${date}T${time}${offset}`)
  const isRealDay = date !== undefined && isCalendarDay(date)
  return Number.isNaN(ms) || !isRealDay ? { flaw: { flaw: 'bad_instant' } } : { value: ms }
}

function isCalendarDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date)
}
