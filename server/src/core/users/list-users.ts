import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { type Page, type PageValues, readPage } from './page.ts'
import type { User } from './user.ts'

/** A page of all live users, newest first. */
export async function listUsers(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  form: Form<PageValues>,
): Promise<Outcome<Page<User>, 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'users:list')) return refuse({ code: 'not_allowed', needs: 'users:list' })
  const reading = startReading(form.faults)
  const { page, limit } = readPage(form.values, reading, limits.usersPageSizeDefault)
  if (reading.faults.length > 0) return invalid(reading.faults)
  const offset = (page - 1) * limit
  const { users, total } = await core.directory.users.page({
    scope: { kind: 'everybody' },
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
  return grant(await core.directory.users.page({ scope: { kind: 'everybody' }, order: 'oldest', offset, limit }))
}
