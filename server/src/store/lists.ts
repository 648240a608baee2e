import { limits } from '../core/limits.ts'
import type { ListFilter, ListQuestion, UserLists } from '../core/ports.ts'
import type { Engine } from './engines/engine.ts'
import { isNarrowed, pageOfUsers, shallowOffsetMax } from './list.ts'
import type { Counted } from './list-aside.ts'

/**
 * Lists of users: here where their cost is bounded, else aside. A total that had to be counted is remembered until anybody is touched, on the
 * engine that hears of everybody who is.
 */
export function openLists(engine: Engine): UserLists['page'] {
  const hearsOfAll = engine.rememberMsMax === Number.POSITIVE_INFINITY
  const totals = new Map<string, Counted>()
  let touches = 0

  engine.onTouched(() => {
    touches += 1
    totals.clear()
  })

  return async (question) => {
    if (isShallow(question)) return pageOfUsers(engine.here, question)
    const key = JSON.stringify(question.filter)
    const known = (engine.trustsMemory() ? totals.get(key) : undefined) ?? null
    const before = touches
    const page = await engine.aside('page-of-users', { ...question, known })
    if (hearsOfAll && touches === before && page.total !== null && isNarrowed(question.filter)) {
      if (totals.size >= limits.rememberedTotalsMax) totals.clear()
      totals.set(key, { total: page.total, totalIsExact: page.totalIsExact })
    }
    return page
  }
}

function isShallow({ filter, from }: { filter: ListFilter; from: ListQuestion['from'] }): boolean {
  return !isNarrowed(filter) && !('offset' in from && from.offset > shallowOffsetMax)
}
