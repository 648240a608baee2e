import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core, UserFilter } from '../ports.ts'
import { type Page, type PageValues, readPage } from './page.ts'
import { parseText, sortKey } from './text.ts'
import type { User } from './user.ts'
import { parseRole, parseStatus } from './values.ts'

export interface ListValues extends PageValues {
  search: string
  role: string
  status: string
}

export const nobodyLeftOut: UserFilter = { role: null, status: null, words: [] }

/** A page of the live users that match, newest first. */
export async function listUsers(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  form: Form<ListValues>,
): Promise<Outcome<Page<User>, 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  const reading = startReading(form.faults)
  const { page, limit } = readPage(form.values, reading, limits.usersPageSizeDefault)
  const search = reading.read('search', form.values.search, (sent) => parseText(sent, limits.searchLengthMax)) ?? ''
  const filter: UserFilter = {
    role: reading.read('role', form.values.role, parseRole) ?? null,
    status: reading.read('status', form.values.status, parseStatus) ?? null,
    words: sortKey(search)
      .split(/\s+/u)
      .filter((word) => word !== ''),
  }
  if (reading.faults.length > 0) return invalid(reading.faults)
  const offset = (page - 1) * limit
  const { users, total } = await core.directory.users.page({
    scope: { kind: 'everybody' },
    filter,
    order: 'newest',
    offset,
    limit,
  })
  return grant({ items: users, page, limit, total })
}

/** `limit` live users from the position `offset` on, in order of creation, with the number of all. */
export async function sliceUsers(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  { offset, limit }: { offset: number; limit: number },
): Promise<Outcome<{ users: readonly User[]; total: number }, 'not_allowed'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  return grant(
    await core.directory.users.page({
      scope: { kind: 'everybody' },
      filter: nobodyLeftOut,
      order: 'oldest',
      offset,
      limit,
    }),
  )
}
