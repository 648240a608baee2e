import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may, mayReach } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import type { Parsed } from '../users/text.ts'
import type { UserId } from '../users/user.ts'
import { parseInstant } from '../users/values.ts'
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
  const items = may(actor, 'users:list') ? found.entries : found.entries.map((entry) => withoutOthersOrigin(entry, id))
  return grant({ items, page, limit, total: found.total })
}

/** From where an admin acted is not for the person whom they acted upon. */
export function withoutOthersOrigin(entry: Activity, reader: UserId | null): Activity {
  const { actor } = entry.detail
  if (actor === null || actor === reader) return entry
  return { ...entry, detail: { ...entry.detail, ip: null, userAgent: null } }
}

export function parseType(sent: string): Parsed<ActivityType> {
  const type = activityTypes.find((known) => known === sent)
  return type === undefined ? { flaw: { flaw: 'not_one_of', values: activityTypes } } : { value: type }
}
