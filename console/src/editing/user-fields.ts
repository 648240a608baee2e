import type { SelectedUser, UserChanges } from '@sudigital/client'
import { changesBetween, type Values } from './merge.ts'

/** The fields of the form, by the names that they have in requests and in what the server says is wrong. */
export const fieldLabels = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail address',
  username: 'Username',
  'profile.bio': 'About',
  'profile.location': 'Location',
  'profile.website': 'Website',
  'profile.github': 'GitHub',
  'profile.linkedin': 'LinkedIn',
  'profile.twitter': 'Twitter',
} as const
export type FieldName = keyof typeof fieldLabels

export function valuesOf({ firstName, lastName, email, username, profile = {} }: SelectedUser): Values {
  const all = { firstName, lastName, email, username, ...withPrefix('profile', profile) }
  return Object.fromEntries(Object.entries(all).flatMap(([field, value]) => (value ? [[field, value]] : [])))
}

/** Changes as they are sent: null takes away. */
export function changesOf(from: Values, to: Values): UserChanges {
  const plain: Record<string, string | null> = {}
  const profile: Record<string, string | null> = {}
  for (const [field, value] of changesBetween(from, to)) {
    const [first = '', second] = field.split('.')
    if (second === undefined) plain[first] = value ?? null
    else profile[second] = value ?? null
  }
  return Object.keys(profile).length === 0 ? plain : { ...plain, profile }
}

function withPrefix(prefix: string, values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [`${prefix}.${field}`, value]))
}
