import { limits } from '../core/limits.ts'
import type { ListFilter, ListQuestion, UserLists } from '../core/ports.ts'
import type { User, UserId } from '../core/users/user.ts'
import type { Engine } from './engines/engine.ts'
import { isNarrowed, pageOfUsers, shallowOffsetMax } from './list.ts'
import type { Counted } from './list-aside.ts'
import type { Queries } from './queries.ts'
import { type UserRow, userOf } from './users.ts'

/**
 * Lists of users: here where their cost is bounded, else aside. A total is remembered until anybody is touched, on the engine that hears of
 * everybody who is. Whoever stands on a page again unchanged is the same record again, so what was made of it is made once.
 */
export function openLists(engine: Engine): UserLists['page'] {
  const hearsOfAll = engine.rememberMsMax === Number.POSITIVE_INFINITY
  const totals = new Map<string, Counted>()
  const listed = new Map<UserId, User>()
  let touches = 0

  engine.onTouched((ids) => {
    touches += 1
    totals.clear()
    if (ids === 'everybody') listed.clear()
    else for (const id of ids) listed.delete(id)
  })

  return async (question) => {
    const key = JSON.stringify(question.filter)
    const known = (engine.trustsMemory() ? totals.get(key) : undefined) ?? null
    const before = touches
    const page = isShallow(question)
      ? await pageOfUsers(engine.here, question, { total: known?.total ?? null, userOf: recordOf })
      : await engine.aside('page-of-users', { ...question, known })
    if (hearsOfAll && touches === before && page.total !== null) {
      if (totals.size >= limits.rememberedTotalsMax) totals.clear()
      totals.set(key, { total: page.total, totalIsExact: page.totalIsExact })
    }
    return isShallow(question) ? page : { ...page, users: page.users.map(sameRecord) }
  }

  /** A version is of one record; only a sign-in changes it without counting as a change. */
  function recordOf(queries: Queries, row: UserRow): User {
    const known = listed.get(row.id)
    const stands = known !== undefined && known.version === row.version && known.lastLoginAtMs === row.last_login_at
    return stands ? known : remember(userOf(queries, row))
  }

  function sameRecord(user: User): User {
    const known = listed.get(user.id)
    const stands = known !== undefined && known.version === user.version && known.lastLoginAtMs === user.lastLoginAtMs
    return stands ? known : remember(user)
  }

  function remember(user: User): User {
    if (listed.size >= limits.listedUsersMax) listed.clear()
    listed.set(user.id, user)
    return user
  }
}

function isShallow({ filter, from }: { filter: ListFilter; from: ListQuestion['from'] }): boolean {
  return !isNarrowed(filter) && !('offset' in from && from.offset > shallowOffsetMax)
}
