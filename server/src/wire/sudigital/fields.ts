import type { Fault } from '../../core/refusals.ts'
import { profileFields, type User } from '../../core/users/user.ts'
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

/** The paths that `fields` names; null when it was not sent. */
export function readFields(
  query: URLSearchParams,
  asked: 'by id' | 'as me',
): { fields: readonly string[] | null; faults: readonly Fault[] } {
  const sent = query.getAll('fields')
  if (sent.length === 0) return { fields: null, faults: [] }
  const fields = sent.join(',').split(',')
  const isAttribute = (field: string) => field.startsWith('attributes.') && field.length > 'attributes.'.length
  const known = fields.every((field) => selectable[asked].has(field) || isAttribute(field))
  const faults: Fault[] = known ? [] : [{ field: 'fields', flaw: 'not_one_of', values: [...selectable[asked]] }]
  return { fields, faults }
}

/** Only what `fields` names, in the document's order. */
export function pickFields(user: User, fields: readonly string[], asked: 'by id' | 'as me'): unknown {
  return pick(presentWhole(user, asked), '', new Set(fields))
}

function pick(whole: object, prefix: string, wanted: ReadonlySet<string>): object {
  const picked: [string, unknown][] = []
  for (const [key, value] of Object.entries(whole)) {
    const path = prefix + key
    if (wanted.has(path)) picked.push([key, value])
    else if (value !== null && typeof value === 'object' && [...wanted].some((name) => name.startsWith(`${path}.`))) {
      picked.push([key, pick(value, `${path}.`, wanted)])
    }
  }
  return Object.fromEntries(picked)
}
