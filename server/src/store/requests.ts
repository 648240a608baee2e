import { limits } from '../core/limits.ts'
import type { KnownRequest, RequestStore } from '../core/ports.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import { first, type Queries, statement } from './queries.ts'
import type { Tables } from './tables.ts'

type Row = Tables['remembered_requests']

/** The part that stands for the request as a whole. Whoever holds its row has the request to themselves. */
const whole = -1

interface Content {
  readonly outcome: unknown
  /** Whose records changed: to be announced again with the outcome, which must not be told before every node knows of them. */
  readonly touched: readonly UserId[]
}

export function requestStore(queries: Queries, touched: Map<UserId, Touch>): RequestStore {
  const sealed = (name: string, part: number, text: string) => queries.seal(text, context(name, part))
  const unsealed = ({ name, part, content }: Row) => queries.unseal(content, context(name, part))

  return {
    async recall({ name, caller, digest }, part, nowMs) {
      await queries.run(forgetOne, { name, before: nowMs - limits.rememberedMs })
      const claim = { name, part: whole, user_id: caller, at: nowMs, content: sealed(name, whole, digest) }
      const claimed = await queries.all(insert, claim)
      if (claimed.length > 0) return { kind: 'fresh' }
      const kept = await first(queries.all(byPartHeld, { name, part: whole }))
      if (kept === undefined) throw new Error('a request that is remembered was forgotten before its time')
      if (unsealed(kept) !== digest) return { kind: 'another' }
      const known = await first(queries.all(byPartHeld, { name, part }))
      if (known === undefined) return { kind: 'fresh' }
      const content = JSON.parse(unsealed(known)) as Content
      for (const id of content.touched) touched.set(id, 'record')
      return { kind: 'known', outcome: content.outcome }
    },
    async keep({ name, caller }: KnownRequest, part, outcome) {
      const kept = await first(queries.all(byPartHeld, { name, part: whole }))
      if (kept === undefined) throw new Error('an outcome was to be kept of a request that nobody recalled')
      const changed = [...touched].filter(([, touch]) => touch === 'record').map(([id]) => id)
      const content: Content = { outcome, touched: changed }
      await queries.run(add, {
        name,
        part,
        user_id: caller,
        at: kept.at,
        content: sealed(name, part, JSON.stringify(content)),
      })
    },
    async forget(before) {
      return queries.run(forgetSome, { before })
    },
  }
}

/** Forgets requests whose outcome names one of these people, out of some; tells behind which name there are more. */
export async function requestsNaming(
  queries: Queries,
  userIds: readonly UserId[],
  from: string | null,
): Promise<string | null> {
  const rows = await queries.all(nextRequests, { from: from ?? '', limit: limits.forgottenAtOnceMax })
  const names = rows.map(({ name }) => name)
  if (names.length === 0) return null
  const parts = await queries.query(partsOf(queries, names))
  const naming = parts.filter((part) => {
    const text = queries.unseal(part.content, context(part.name, part.part))
    return userIds.some((id) => text.includes(id))
  })
  for (const name of new Set(naming.map((part) => part.name))) await queries.run(forgetNamed, { name })
  return names.at(-1) ?? null
}

function partsOf({ sql }: Queries, names: readonly string[]) {
  return sql.selectFrom('remembered_requests').selectAll().where('name', 'in', names).where('part', '!=', whole)
}

function context(name: string, part: number): string {
  return `remembered_requests.content:${name}:${part}`
}

const insert = statement((sql, p: Row) =>
  sql
    .insertInto('remembered_requests')
    .values({ name: p.name, part: p.part, user_id: p.user_id, at: p.at, content: p.content })
    .onConflict((conflict) => conflict.columns(['name', 'part']).doNothing())
    .returning('name'),
)

const add = statement((sql, p: Row) =>
  sql
    .insertInto('remembered_requests')
    .values({ name: p.name, part: p.part, user_id: p.user_id, at: p.at, content: p.content }),
)

const byPartHeld = statement((sql, p: { name: string; part: number }, dialect) =>
  dialect.lock(sql.selectFrom('remembered_requests').selectAll().where('name', '=', p.name).where('part', '=', p.part)),
)

const forgetOne = statement((sql, p: { name: string; before: number }) =>
  sql.deleteFrom('remembered_requests').where('name', '=', p.name).where('at', '<=', p.before),
)

/** Requests go with all of their parts. */
const forgetSome = statement((sql, p: { before: number }) =>
  sql
    .deleteFrom('remembered_requests')
    .where('name', 'in', (sub) =>
      sub
        .selectFrom('remembered_requests')
        .select('name')
        .where('part', '=', whole)
        .where('at', '<=', p.before)
        .orderBy('at')
        .limit(limits.forgottenAtOnceMax),
    ),
)

const nextRequests = statement((sql, p: { from: string; limit: number }) =>
  sql
    .selectFrom('remembered_requests')
    .select('name')
    .where('name', '>', p.from)
    .where('part', '=', whole)
    .orderBy('name')
    .limit(p.limit),
)

const forgetNamed = statement((sql, p: { name: string }) =>
  sql.deleteFrom('remembered_requests').where('name', '=', p.name),
)
