import { limits } from '../core/limits.ts'
import type { ListFilter, ListQuestion, UserLists } from '../core/ports.ts'
import type { User, UserId } from '../core/users/user.ts'
import type { Engine } from './engines/engine.ts'
import { type Identity, isNarrowed, pageOfUsers, shallowOffsetMax } from './list.ts'
import type { Counted } from './list-aside.ts'

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
      ? await pageOfUsers(engine.here, question, { total: known?.total ?? null, recall, remember })
      : await engine.aside('page-of-users', { ...question, known })
    if (hearsOfAll && touches === before && page.total !== null) {
      if (totals.size >= limits.rememberedTotalsMax) totals.clear()
      totals.set(key, { total: page.total, totalIsExact: page.totalIsExact })
    }
    return isShallow(question) ? page : { ...page, users: page.users.map(sameRecord) }
  }

  function recall({ id, version, last_login_at: lastLoginAtMs }: Identity): User | undefined {
    const known = listed.get(id)
    return known?.version === version && known.lastLoginAtMs === lastLoginAtMs ? known : undefined
  }

  function sameRecord(user: User): User {
    const known = recall({ id: user.id, version: user.version, last_login_at: user.lastLoginAtMs })
    if (known === undefined) remember(user)
    return known ?? user
  }

  function remember(user: User): void {
    if (listed.size >= limits.listedUsersMax) listed.clear()
    listed.set(user.id, user)
  }
}

function isShallow({ filter, from }: { filter: ListFilter; from: ListQuestion['from'] }): boolean {
  return !isNarrowed(filter) && !('offset' in from && from.offset > shallowOffsetMax)
}
