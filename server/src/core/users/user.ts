import type { Role } from '../permissions.ts'

/** UUIDv7 in lower case. Minted by the directory or by `parseUserId`. */
export type UserId = string & { readonly brand: 'UserId' }
/** As the person wrote it, NFC; claimed ignoring case. Minted by `parseEmail`. */
export type Email = string & { readonly brand: 'Email' }
/** As the person wrote it, NFC; claimed ignoring case. Minted by `parseUsername`. */
export type Username = string & { readonly brand: 'Username' }

export const statuses = ['active', 'inactive', 'pending'] as const
/** pending → active ⇄ inactive. Deleted is an instant, not a status. */
export type Status = (typeof statuses)[number]

/** One person's record. Immutable: whoever holds one may keep it, and what is derived from it may hang on it. */
export interface User {
  readonly id: UserId
  /** Assigned once, never reused; in order of creation. */
  readonly number: number
  readonly email: Email | null
  readonly username: Username | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly role: Role
  readonly status: Status
  readonly emailVerified: boolean
  /** Grows by one with each change of the record; a sign-in is no change. */
  readonly version: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly lastLoginAtMs: number | null
  readonly deletion: Deletion | null
  readonly particulars: Particulars
}

/** As much of a user as is read when all of them are: a whole record costs more than twice as much. */
export type UserInBrief = Pick<User, 'id' | 'number' | 'email' | 'username' | 'role' | 'createdAtMs' | 'updatedAtMs'>

/** Who it is, for people. */
export type Called = Pick<User, 'id' | 'email' | 'firstName' | 'lastName'>

/** When the user was deleted, and whether an admin may take that back. */
export interface Deletion {
  readonly atMs: number
  readonly restorable: boolean
}

/** What nobody searches by; sealed as a whole where the database file is not. */
export interface Particulars {
  readonly avatar: string | null
  /** Where an OAuth2 client of this person is sent back to. */
  readonly redirectUri: string | null
  readonly profile: Profile
  readonly preferences: Preferences
  readonly attributes: Attributes
}

export const profileFields = ['bio', 'location', 'website', 'twitter', 'linkedin', 'github'] as const
export type ProfileField = (typeof profileFields)[number]
export type Profile = { readonly [Field in ProfileField]?: string }

export const themes = ['light', 'dark', 'auto'] as const
export interface Preferences {
  readonly theme: (typeof themes)[number]
  /** ISO 639-1. */
  readonly language: string
  /** IANA. */
  readonly timezone: string
  readonly notifications: { readonly email: boolean; readonly push: boolean; readonly marketing: boolean }
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Attributes = { readonly [key: string]: Json }

export const defaultPreferences: Preferences = {
  theme: 'auto',
  language: 'en',
  timezone: 'UTC',
  notifications: { email: true, push: false, marketing: false },
}

/** A user about to be added; the directory assigns the number. */
export type NewUser = Omit<User, 'number'>

/** An id that nobody has: what is asked of it takes the same steps as for somebody. */
export const nobody = '00000000-0000-0000-0000-000000000000' as UserId

/** An address as long as the one that is taken, which nobody has; for what is written and taken back. */
export function standIn({ id, email }: { readonly id: UserId; readonly email: Email }): Email {
  return `${email}${id}`.slice(-email.length) as Email
}

/** The name by which contracts that require a username know a person: their e-mail stands in for it. */
export function signInName(user: Pick<User, 'id' | 'username' | 'email'>): string {
  return user.username ?? user.email ?? user.id
}

export function isActiveAdmin(user: Pick<User, 'role' | 'status' | 'deletion'>): boolean {
  return user.role === 'admin' && user.status === 'active' && user.deletion === null
}
