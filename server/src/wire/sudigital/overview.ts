import { readLog } from '../../core/activity/read-log.ts'
import { listAttention } from '../../core/attention/list-attention.ts'
import { roles } from '../../core/permissions.ts'
import { readSettingsInForce } from '../../core/settings/read-settings.ts'
import { readStats } from '../../core/stats/read-stats.ts'
import type { Stats } from '../../core/stats/stats.ts'
import { statuses } from '../../core/users/user.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { instant, presentCalled, presentLogEntry } from './present.ts'
import { refusals } from './refusals.ts'

const fresh = { 'cache-control': 'private, no-cache' }

export async function log({ core, actor, query }: Call): Promise<Answer> {
  const form = readQuery(query, ['page', 'limit', 'type', 'actor', 'user', 'from', 'to', 'cursor', 'names'])
  const read = await readLog(core, actor, form)
  if (!read.ok) return phrase(refusals, read.refusal)
  const { items, page, limit, total, totalIsExact, cursor, people } = read.value
  const meta = {
    page,
    limit,
    total,
    ...(totalIsExact ? {} : { totalIsExact }),
    ...(cursor === null ? {} : { next: cursor.next }),
    ...(people === null ? {} : { people: people.map(presentCalled) }),
  }
  return json(200, { data: items.map(presentLogEntry), meta }, fresh)
}

export async function stats({ core, actor, query }: Call): Promise<Answer> {
  const read = await readStats(core, actor, readQuery(query, ['from', 'to', 'interval']))
  return read.ok ? json(200, { data: presentStats(read.value) }, fresh) : phrase(refusals, read.refusal)
}

export function settings({ core, actor }: Call): Answer {
  const read = readSettingsInForce(core, actor)
  if (!read.ok) return phrase(refusals, read.refusal)
  const all = read.value.settings.map(({ variable, chapter, does, value, isSet, isSecret }) => ({
    name: variable,
    chapter,
    description: does,
    value,
    isSet,
    isSecret,
  }))
  const limits = Object.entries(read.value.limits).map(([name, value]) => ({ name, value }))
  return json(200, { data: { settings: all, limits } }, fresh)
}

export async function attention({ core, actor }: Call): Promise<Answer> {
  const listed = await listAttention(core, actor)
  if (!listed.ok) return phrase(refusals, listed.refusal)
  return json(200, { data: listed.value.map(({ code, n }) => ({ code, count: n })) }, fresh)
}

function presentStats({ totals, fromMs, toMs, interval, series }: Stats) {
  const sum = (counted: Stats['totals']) => counted.reduce((all, { n }) => all + n, 0)
  const each = <Name extends string>(names: readonly Name[], nameOf: (count: Stats['totals'][number]) => Name) =>
    Object.fromEntries(names.map((name) => [name, sum(totals.filter((count) => nameOf(count) === name))]))
  return {
    totals: {
      users: sum(totals),
      byRole: each(roles, ({ role }) => role),
      byStatus: each(statuses, ({ status }) => status),
    },
    from: instant(fromMs),
    to: instant(toMs),
    interval,
    series: series.map((stretch) => ({
      from: instant(stretch.fromMs),
      signUps: stretch.counts.created,
      logins: stretch.counts.login,
      failedLogins: stretch.counts.login_failed,
    })),
  }
}
