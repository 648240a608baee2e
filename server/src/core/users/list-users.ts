import type { Actor } from '../actor.ts'
import { type Form, invalid, type Reading, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, ListAnswer, ListFilter, ListKey, ListOrder } from '../ports.ts'
import { allOf, type Comparison, type InstantField } from './filter.ts'
import { type PageValues, readCursor, readPage } from './page.ts'
import { type Parsed, parseText } from './text.ts'
import type { User } from './user.ts'
import { oneOf, parseInstant, parseRole, parseStatus } from './values.ts'

/** Whom a list leaves in. */
export interface FilterValues {
  search: string
  role: string
  status: string
  emailVerified: string
  createdFrom: string
  createdTo: string
  updatedFrom: string
  updatedTo: string
  lastLoginFrom: string
  lastLoginTo: string
}

export interface ListValues extends FilterValues, PageValues {
  sort: string
  order: string
  /** Empty: the beginning. */
  cursor: string
  count: string
}

export interface UserPage {
  readonly items: readonly User[]
  /** From 1. */
  readonly page: number
  readonly limit: number
  readonly hasNext: boolean
  /** Null when it was not asked for. */
  readonly total: number | null
  /** Else there are at least `total`. */
  readonly totalIsExact: boolean
  /** For whoever goes by cursors: what to ask the next page with, null at the end. */
  readonly cursor: { readonly next: string | null } | null
}

export const nobodyLeftOut: ListFilter = { role: null, status: null, words: [], where: null }

export const newestFirst: ListOrder = { by: 'createdAt', direction: 'desc' }

/** A page of the live users that match, newest first unless asked otherwise. */
export async function listUsers(
  core: Pick<Core, 'directory' | 'cursors'>,
  actor: Actor,
  form: Form<ListValues>,
): Promise<Outcome<UserPage, 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  const { values } = form
  const reading = startReading(form.faults)
  const { page, limit } = readPage(values, reading, limits.usersPageSizeDefault)
  const filter = readFilter(values, reading)
  const order = readOrder(values, reading)
  const count = reading.read('count', values.count, parseYesOrNo) ?? true
  const list = JSON.stringify({ filter, order })
  const bookmark = readCursor(core, values, reading, list)
  if (reading.faults.length > 0) return invalid(reading.faults)
  const from = values.cursor === undefined ? { offset: (page - 1) * limit } : { after: bookmark?.after ?? null }
  const answer = await core.directory.users.page({ filter, order, from, limit, count })
  const { users, next, ...totals } = answer
  const shown = { items: users, page: bookmark?.page ?? page, limit, hasNext: next !== null, ...totals }
  if (values.cursor === undefined) return grant({ ...shown, cursor: null })
  const sealed = next === null ? null : core.cursors.seal({ after: next, page: shown.page + 1 }, list)
  return grant({ ...shown, cursor: { next: sealed } })
}

/** `limit` live users from the position `offset` on, in order of creation, with the number of all. */
export async function sliceUsers(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  { offset, limit }: { offset: number; limit: number },
): Promise<Outcome<{ users: readonly User[]; total: number }, 'not_allowed'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  const { users, total }: ListAnswer = await core.directory.users.page({
    filter: nobodyLeftOut,
    order: { by: 'number', direction: 'asc' },
    from: { offset },
    limit,
    count: true,
  })
  return grant({ users, total: total ?? 0 })
}

export function readFilter(values: Partial<FilterValues>, { read }: Reading): ListFilter {
  const instant = (field: keyof FilterValues) => read(field, values[field], parseInstant)
  const role = read('role', values.role, parseRole) ?? null
  const status = read('status', values.status, parseStatus) ?? null
  const emailVerified = read('emailVerified', values.emailVerified, parseYesOrNo)
  const created = between('createdAtMs', instant('createdFrom'), instant('createdTo'))
  const updated = between('updatedAtMs', instant('updatedFrom'), instant('updatedTo'))
  const lastLogin = between('lastLoginAtMs', instant('lastLoginFrom'), instant('lastLoginTo'))
  const words = read('search', values.search, parseWords) ?? []
  return { role, status, words, where: allOf([...created, ...updated, ...lastLogin, ...verified(emailVerified)]) }
}

/** From is inclusive, to is exclusive. Whoever never signed in is in no range. */
function between(field: InstantField, fromMs: number | undefined, toMs: number | undefined): Comparison[] {
  return [
    ...(fromMs === undefined ? [] : [{ kind: 'compare', field, by: 'ge', value: fromMs } as const]),
    ...(toMs === undefined ? [] : [{ kind: 'compare', field, by: 'lt', value: toMs } as const]),
  ]
}

function verified(value: boolean | undefined): Comparison[] {
  return value === undefined ? [] : [{ kind: 'compare', field: 'emailVerified', by: 'eq', value }]
}

function parseWords(sent: string): Parsed<readonly string[]> {
  const text = parseText(sent, limits.searchLengthMax)
  if ('flaw' in text) return text
  const words = text.value.split(/\s+/u).filter((word) => word !== '')
  const max = limits.searchWordsMax
  return words.length > max ? { flaw: { flaw: 'too_many', max } } : { value: words }
}

function parseYesOrNo(sent: string): Parsed<boolean> {
  const parsed = oneOf(['true', 'false'], sent)
  return 'flaw' in parsed ? parsed : { value: parsed.value === 'true' }
}

const keys = ['createdAt', 'email', 'firstName', 'lastName', 'updatedAt', 'lastLoginAt'] as const satisfies ListKey[]

function readOrder(values: Partial<ListValues>, { read }: Reading): ListOrder {
  return {
    by: read('sort', values.sort, (sent) => oneOf(keys, sent)) ?? newestFirst.by,
    direction: read('order', values.order, (sent) => oneOf(['asc', 'desc'], sent)) ?? newestFirst.direction,
  }
}
