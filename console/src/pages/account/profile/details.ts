import type { SelectedUser, UserChanges } from '@sudigital/client'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'

/** What somebody changes of their own record in one form, by the names that the server calls it; what is not set is an empty text. */
export const labels = {
  firstName: 'First name',
  lastName: 'Last name',
  username: 'Username',
  'profile.location': 'Location',
  'profile.website': 'Website',
  'profile.github': 'GitHub',
  'profile.linkedin': 'LinkedIn',
  'profile.twitter': 'Twitter',
  'profile.bio': 'About you',
} as const
export type Field = keyof typeof labels
export type Values = Readonly<Record<Field, string>>

export const fields = Object.keys(labels) as Field[]

/** Values, and the version of the record in which they stand. */
export interface Details {
  readonly values: Values
  readonly etag: string | null
}

export async function readDetails(signal?: AbortSignal): Promise<Details> {
  const asked = ['firstName', 'lastName', 'username', 'profile'] as const
  const { data, etag } = await client.me.get({ fields: asked }, { signal }).withResponse()
  return { values: valuesOf(data), etag }
}

export const detailsQuery = queryOptions({
  queryKey: ['me', 'details'],
  queryFn: ({ signal }) => readDetails(signal),
})

function valuesOf({ firstName, lastName, username, profile = {} }: SelectedUser): Values {
  return {
    firstName: firstName ?? '',
    lastName: lastName ?? '',
    username: username ?? '',
    'profile.location': profile.location ?? '',
    'profile.website': profile.website ?? '',
    'profile.github': profile.github ?? '',
    'profile.linkedin': profile.linkedin ?? '',
    'profile.twitter': profile.twitter ?? '',
    'profile.bio': profile.bio ?? '',
  }
}

/** What differs, as it is sent: null takes away. */
export function changesBetween(before: Values, after: Values): UserChanges {
  const plain: Record<string, string | null> = {}
  const profile: Record<string, string | null> = {}
  for (const field of fields) {
    if (after[field] === before[field]) continue
    const [first = '', second] = field.split('.')
    if (second === undefined) plain[first] = after[field] || null
    else profile[second] = after[field] || null
  }
  return Object.keys(profile).length === 0 ? plain : { ...plain, profile }
}

/** What came of two changes of the same record: theirs where only they changed it, yours wherever you did. */
export interface Merged {
  readonly values: Values
  readonly onlyTheirs: readonly Field[]
  /** Both changed it, to different values. */
  readonly both: readonly Field[]
}

export function merge(before: Values, theirs: Values, yours: Values): Merged {
  const isTheirs = (field: Field) => theirs[field] !== before[field]
  const isYours = (field: Field) => yours[field] !== before[field]
  const onlyTheirs = fields.filter((field) => isTheirs(field) && !isYours(field))
  const both = fields.filter((field) => isTheirs(field) && isYours(field) && yours[field] !== theirs[field])
  const taken = Object.fromEntries(onlyTheirs.map((field) => [field, theirs[field]]))
  return { values: { ...yours, ...taken }, onlyTheirs, both }
}
