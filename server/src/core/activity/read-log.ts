import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import type { OrganizationId } from '../organizations/organization.ts'
import { reachedAsAdmin } from '../organizations/reach-organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseUserId } from '../users/names.ts'
import { type PageValues, readCursor, readPage } from '../users/page.ts'
import type { Called, UserId } from '../users/user.ts'
import { oneOf, parseInstant } from '../users/values.ts'
import { type Activity, leftByInvitations } from './activity.ts'
import { parseType, withoutOthersOrigin } from './list-activity.ts'

export interface LogValues extends PageValues {
  type: string
  actor: string
  user: string
  from: string
  to: string
  /** Empty: the newest. */
  cursor: string
  /** `true` has whom the entries name named. */
  names: string
}

export interface LogPage {
  readonly items: readonly Activity[]
  /** From 1. */
  readonly page: number
  readonly limit: number
  readonly total: number
  /** Else there are at least `total`. */
  readonly totalIsExact: boolean
  /** For whoever goes by cursors: what to ask the next page with, null at the end. */
  readonly cursor: { readonly next: string | null } | null
  /** Whom the entries name, as far as the reader may know what they are called; null when it was not asked. */
  readonly people: readonly Called[] | null
}

/**
 * What happened to anybody's account, newest first. An organization's admin is shown what is about their organizations, but for invitations, and not
 * from where others acted.
 */
export async function readLog(
  core: Pick<Core, 'directory' | 'cursors'>,
  actor: Actor,
  { values, faults }: Form<LogValues>,
): Promise<Outcome<LogPage, 'not_allowed' | 'invalid'>> {
  const within = await reachedBy(core, actor)
  if (within === 'none') return refuse({ code: 'not_allowed', needs: 'activity:list' })
  const reading = startReading(faults)
  const { page, limit } = readPage(values, reading, limits.activityPageSizeDefault)
  const filter = {
    type: reading.read('type', values.type, parseType) ?? null,
    actorId: reading.read('actor', values.actor, parseUserId) ?? null,
    userId: reading.read('user', values.user, parseUserId) ?? null,
    fromMs: reading.read('from', values.from, parseInstant) ?? null,
    toMs: reading.read('to', values.to, parseInstant) ?? null,
  }
  const named = reading.read('names', values.names, (sent) => oneOf(['true', 'false'], sent)) === 'true'
  const list = JSON.stringify({ log: filter })
  const bookmark = readCursor(core, values, reading, list)
  if (reading.faults.length > 0) return invalid(reading.faults)
  const byCursor = values.cursor !== undefined
  const from = byCursor ? { after: bookmark?.after.id ?? null } : { offset: (page - 1) * limit }
  const reach = { within, without: within === null ? [] : leftByInvitations }
  const { entries, hasNext, ...totals } = await core.directory.activity.log({ ...filter, ...reach, from, limit })
  const items = within === null ? entries : entries.map((entry) => withoutOthersOrigin(entry, readerOf(actor)))
  const people = named ? await calledIn(core, entries, await listedTo(core, actor)) : null
  const shown = { items, page: bookmark?.page ?? page, limit, ...totals, people }
  if (!byCursor) return grant({ ...shown, cursor: null })
  const last = entries.at(-1)
  const next =
    hasNext && last !== undefined ? { after: { key: null, id: last.id as UserId }, page: shown.page + 1 } : null
  return grant({ ...shown, cursor: { next: next === null ? null : core.cursors.seal(next, list) } })
}

/** Whose account it is, and who did it. */
function calledIn(
  { directory }: Pick<Core, 'directory'>,
  entries: readonly Activity[],
  within: readonly OrganizationId[] | null,
): Promise<readonly Called[]> {
  const ids = entries.flatMap(({ userId, detail }) => (detail.actor === null ? [userId] : [userId, detail.actor]))
  return directory.users.called([...new Set(ids)], within)
}

/** In which organizations they may see who belongs there, which a token for the record alone is not for; null is everybody. */
async function listedTo(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
): Promise<readonly OrganizationId[] | null> {
  return may(actor, 'users:list') ? null : reachedAsAdmin(directory, actor, 'organizations:manage')
}

/** Null is everything. */
async function reachedBy(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
): Promise<readonly OrganizationId[] | null | 'none'> {
  if (may(actor, 'activity:list')) return null
  const reached = await reachedAsAdmin(directory, actor, 'activity:list')
  return reached.length === 0 ? 'none' : reached
}

function readerOf(actor: Actor): UserId | null {
  return actor.kind === 'user' ? actor.id : null
}
