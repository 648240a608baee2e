import { invalid } from '../form.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Role } from '../permissions.ts'
import type { Fault } from '../refusals.ts'
import { mergePatch } from './merge-patch.ts'
import { parseUsername } from './names.ts'
import {
  type Attributes,
  defaultPreferences,
  type Email,
  type Preferences,
  type ProfileField,
  type Status,
  type User,
} from './user.ts'
import { parseAttributes } from './values.ts'

/** Parsed values of a merge patch: absent keeps, null removes. Plain data. */
export interface Changes {
  readonly email?: Email | null
  /** Not yet held against the record: an `@` is allowed in one's own e-mail only. */
  readonly username?: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly role?: Role
  readonly administers?: boolean
  readonly status?: Status
  readonly avatar?: string | null
  readonly redirectUri?: string | null
  readonly profile?: { readonly [Field in ProfileField]?: string | null } | null | undefined
  readonly preferences?:
    | {
        readonly theme?: Preferences['theme'] | null
        readonly language?: string | null
        readonly timezone?: string | null
        readonly notifications?: { readonly [Key in keyof Preferences['notifications']]?: boolean | null } | null
      }
    | null
    | undefined
  readonly attributes?: Attributes | null
}

/** The record after the changes, with its version and instants as they were. */
export function applyChanges(before: User, changes: Changes): Outcome<User, 'invalid'> {
  const faults: Fault[] = []
  const email = changes.email === undefined ? before.email : changes.email
  let username = before.username
  if (changes.username !== undefined && changes.username !== before.username) {
    const parsed = changes.username === null ? { value: null } : parseUsername(changes.username, email)
    if ('flaw' in parsed) faults.push({ field: 'username', ...parsed.flaw })
    else username = parsed.value
  } else if (username?.includes('@') && email !== before.email) {
    username = null
  }
  if (email === null && username === null) {
    faults.push({ field: changes.email === null ? 'email' : 'username', flaw: 'missing' })
  }
  if (changes.status === 'pending' && before.status !== 'pending') {
    faults.push({ field: 'status', flaw: 'pending_is_only_a_beginning' })
  }
  const attributes = mergeAttributes(before, changes.attributes, faults)
  if (faults.length > 0) return invalid(faults)
  return grant({
    ...before,
    email,
    username,
    firstName: changes.firstName === undefined ? before.firstName : changes.firstName,
    lastName: changes.lastName === undefined ? before.lastName : changes.lastName,
    role: roleAfter(before.role, changes),
    status: changes.status ?? before.status,
    emailVerified: before.emailVerified && email === before.email,
    particulars: {
      avatar: changes.avatar === undefined ? before.particulars.avatar : changes.avatar,
      redirectUri: changes.redirectUri === undefined ? before.particulars.redirectUri : changes.redirectUri,
      profile: changes.profile === null ? {} : mergePatch(before.particulars.profile, changes.profile ?? {}),
      preferences: mergePreferences(before.particulars.preferences, changes.preferences),
      attributes,
    },
  })
}

function roleAfter(before: Role, { role, administers }: Changes): Role {
  if (role !== undefined || administers === undefined) return role ?? before
  if (administers) return 'admin'
  return before === 'admin' ? 'user' : before
}

/** The core's names of the fields that differ, in a fixed order. */
export function changedFields(before: User, after: User): string[] {
  const own = ['email', 'username', 'firstName', 'lastName', 'role', 'status'] as const
  const kept = ['avatar', 'redirectUri', 'profile', 'preferences', 'attributes'] as const
  return [
    ...own.filter((field) => before[field] !== after[field]),
    ...kept.filter((field) => JSON.stringify(before.particulars[field]) !== JSON.stringify(after.particulars[field])),
  ]
}

/** Preferences are always complete: what is removed falls back to its default. */
function mergePreferences(before: Preferences, changes: Changes['preferences']): Preferences {
  if (changes === null) return defaultPreferences
  const merged = mergePatch(before, changes ?? {}) as Partial<Preferences>
  return {
    theme: merged.theme ?? defaultPreferences.theme,
    language: merged.language ?? defaultPreferences.language,
    timezone: merged.timezone ?? defaultPreferences.timezone,
    notifications: {
      email: merged.notifications?.email ?? defaultPreferences.notifications.email,
      push: merged.notifications?.push ?? defaultPreferences.notifications.push,
      marketing: merged.notifications?.marketing ?? defaultPreferences.notifications.marketing,
    },
  }
}

function mergeAttributes(before: User, changes: Changes['attributes'], faults: Fault[]): Attributes {
  if (changes === undefined) return before.particulars.attributes
  if (changes === null) return {}
  const parsed = parseAttributes(mergePatch(before.particulars.attributes, changes) as Attributes)
  if ('value' in parsed) return parsed.value
  faults.push({ field: 'attributes', ...parsed.flaw })
  return before.particulars.attributes
}
