import { type Form, type Reading, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import type { Fault } from '../refusals.ts'
import type { Changes } from './changes.ts'
import { parseEmail, parseUsername } from './names.ts'
import { type Parsed, parseText } from './text.ts'
import { type Json, type ProfileField, profileFields } from './user.ts'
import {
  parseAttributes,
  parseLanguage,
  parseName,
  parseProfileField,
  parseRole,
  parseStatus,
  parseTheme,
  parseTimezone,
  parseUrl,
} from './values.ts'

/** What an update may send, as a merge patch (RFC 7396): null removes. */
export interface UserChangeValues {
  email: string | null
  username: string | null
  firstName: string | null
  lastName: string | null
  role: string
  /** For whoever knows two kinds of people only: who is no admin becomes one or stays what they are; who is one stays it or becomes a user. */
  administers: boolean
  status: string
  avatar: string | null
  redirectUri: string | null
  profile: { [Field in ProfileField]?: string | null } | null
  preferences: {
    theme?: string | null
    language?: string | null
    timezone?: string | null
    notifications?: { email?: boolean | null; push?: boolean | null; marketing?: boolean | null } | null
  } | null
  attributes: { readonly [key: string]: Json } | null
}

/** Parses every value that was sent; what the record must be known for is decided by `applyChanges`. */
export function readChanges(
  form: Form<UserChangeValues>,
  by: 'admin' | 'self',
): { changes: Changes; faults: readonly Fault[] } {
  const reading = startReading(form.faults)
  const { values } = form
  if (by === 'self' && values.email !== undefined) reading.add('email', { flaw: 'changed_by_verification_only' })
  const email = by === 'self' ? undefined : readNullable(reading, 'email', values.email, parseEmail)
  const changes = withoutAbsent({
    email,
    username: readNullable(reading, 'username', values.username, parseUsernameText),
    firstName: readNullable(reading, 'firstName', values.firstName, parseName),
    lastName: readNullable(reading, 'lastName', values.lastName, parseName),
    role: reading.read('role', values.role, parseRole),
    administers: values.administers,
    status: reading.read('status', values.status, parseStatus),
    avatar: readNullable(reading, 'avatar', values.avatar, parseUrl),
    redirectUri: readNullable(reading, 'redirectUri', values.redirectUri, parseUrl),
    profile: readProfile(reading, values.profile),
    preferences: readPreferences(reading, values.preferences),
    attributes: readNullable(reading, 'attributes', values.attributes, parseAttributes),
  })
  return { changes, faults: reading.faults }
}

/** Whether an `@` in it is the user's own is known only where the record is. */
function parseUsernameText(sent: string): Parsed<string> {
  const parsed = sent.includes('@') ? parseText(sent, limits.emailLengthMax) : parseUsername(sent, null)
  return 'flaw' in parsed ? parsed : { value: sent }
}

function readNullable<Sent, T>(
  reading: Reading,
  field: string,
  sent: Sent | null | undefined,
  parse: (sent: Sent) => Parsed<T>,
): T | null | undefined {
  return sent === null ? null : reading.read(field, sent, parse)
}

function readProfile(reading: Reading, sent: UserChangeValues['profile'] | undefined): Changes['profile'] {
  if (sent === null || sent === undefined) return sent
  const profile: { [Field in ProfileField]?: string | null } = {}
  for (const field of profileFields) {
    const value = readNullable(reading, `profile.${field}`, sent[field], (text) => parseProfileField(field, text))
    if (value !== undefined) profile[field] = value === '' ? null : value
  }
  return profile
}

function readPreferences(reading: Reading, sent: UserChangeValues['preferences'] | undefined): Changes['preferences'] {
  if (sent === null || sent === undefined) return sent
  return withoutAbsent({
    theme: readNullable(reading, 'preferences.theme', sent.theme, parseTheme),
    language: readNullable(reading, 'preferences.language', sent.language, parseLanguage),
    timezone: readNullable(reading, 'preferences.timezone', sent.timezone, parseTimezone),
    notifications: sent.notifications,
  })
}

type WithoutAbsent<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function withoutAbsent<T extends object>(values: T): WithoutAbsent<T> {
  const present: { [Key in keyof T]?: T[Key] } = {}
  for (const key of Object.keys(values) as (keyof T)[]) if (values[key] !== undefined) present[key] = values[key]
  return present as WithoutAbsent<T>
}
