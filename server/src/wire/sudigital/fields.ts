import type { Fault } from '../../core/refusals.ts'
import { profileFields, type User } from '../../core/users/user.ts'
import type { Query } from '../../http/contract.ts'
import { presentWhole } from './present.ts'

const plain = [
  'id',
  'email',
  'firstName',
  'lastName',
  'role',
  'status',
  'avatar',
  'emailVerified',
  'lastLoginAt',
  'createdAt',
  'updatedAt',
  'preferences',
  'preferences.theme',
  'preferences.language',
  'preferences.timezone',
  'preferences.notifications',
  'preferences.notifications.email',
  'preferences.notifications.push',
  'preferences.notifications.marketing',
  'profile',
  ...profileFields.map((field) => `profile.${field}`),
  'username',
  'number',
  'attributes',
] as const

const selectable = {
  'by id': new Set<string>(plain),
  'as me': new Set<string>([...plain, 'permissions']),
}

/** What `fields` names, made ready once for all the users of an answer. */
export interface Selection {
  readonly paths: ReadonlySet<string>
  readonly sorted: readonly string[]
}

/** The paths that `fields` names; null when it was not sent. */
export function readFields(
  query: Query,
  asked: 'by id' | 'as me',
): { fields: Selection | null; faults: readonly Fault[] } {
  const sent = query.getAll('fields')
  if (sent.length === 0) return { fields: null, faults: [] }
  const paths = new Set(sent.join(',').split(','))
  const isAttribute = (path: string) => path.startsWith('attributes.') && path.length > 'attributes.'.length
  const known = [...paths].every((path) => selectable[asked].has(path) || isAttribute(path))
  const faults: Fault[] = known ? [] : [{ field: 'fields', flaw: 'not_one_of', values: [...selectable[asked]] }]
  return { fields: { paths, sorted: [...paths].sort() }, faults }
}

/** Only what `fields` names, in the document's order. */
export function pickFields(user: User, fields: Selection, asked: 'by id' | 'as me'): unknown {
  return pick(presentWhole(user, asked), '', fields)
}

function pick(whole: object, prefix: string, fields: Selection): object {
  const picked: [string, unknown][] = []
  for (const [key, value] of Object.entries(whole)) {
    const path = prefix + key
    if (fields.paths.has(path)) picked.push([key, value])
    else if (value !== null && typeof value === 'object' && !Array.isArray(value) && reachesInto(fields, `${path}.`)) {
      picked.push([key, pick(value, `${path}.`, fields)])
    }
  }
  return Object.fromEntries(picked)
}

/** Whether a path begins like that: found by halving, for a query may name as many paths as a record has keys. */
function reachesInto({ sorted }: Selection, beginning: string): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? '') < beginning) from = middle + 1
    else to = middle
  }
  return sorted[from]?.startsWith(beginning) === true
}
