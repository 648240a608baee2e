import type { Activity, ActivityType } from '../../core/activity/activity.ts'
import type { ApiToken } from '../../core/api-tokens/api-token.ts'
import { permissionsOf } from '../../core/permissions.ts'
import { deviceOf } from '../../core/sessions/device.ts'
import type { ShownSession } from '../../core/sessions/list-sessions.ts'
import type { UserPage } from '../../core/users/list-users.ts'
import type { Page } from '../../core/users/page.ts'
import { type Called, type Preferences, type Profile, profileFields, type User } from '../../core/users/user.ts'
import { entityTag } from '../../http/conditional.ts'

/** ISO 8601 with milliseconds, in UTC. */
export function instant(ms: number): string {
  return new Date(ms).toISOString()
}

/** The eleven keys of a row, in the document's order. */
export function presentUser(user: User) {
  return {
    id: user.id,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    role: user.role,
    status: user.status,
    avatar: user.particulars.avatar,
    emailVerified: user.emailVerified,
    lastLoginAt: user.lastLoginAtMs === null ? null : instant(user.lastLoginAtMs),
    createdAt: instant(user.createdAtMs),
    updatedAt: instant(user.updatedAtMs),
  }
}

export function presentUserWithProfile(user: User) {
  return { ...presentUser(user), profile: presentProfile(user.particulars.profile) }
}

export function presentMe(user: User) {
  return {
    ...presentUser(user),
    permissions: permissionsOf[user.role],
    preferences: presentPreferences(user.particulars.preferences),
    profile: presentProfile(user.particulars.profile),
  }
}

export function presentDeleted({ deletion }: User) {
  return { message: 'User deleted successfully', deletedAt: deletion === null ? null : instant(deletion.atMs) }
}

/** Everything that `fields` may name; `permissions` are one's own only. */
export function presentWhole(user: User, asked: 'by id' | 'as me') {
  return {
    ...presentUser(user),
    ...(asked === 'as me' ? { permissions: permissionsOf[user.role] } : {}),
    preferences: presentPreferences(user.particulars.preferences),
    profile: presentProfile(user.particulars.profile),
    username: user.username,
    number: user.number,
    attributes: user.particulars.attributes,
  }
}

function presentProfile(profile: Profile): Profile {
  return Object.fromEntries(profileFields.flatMap((field) => (field in profile ? [[field, profile[field]]] : [])))
}

function presentPreferences({ theme, language, timezone, notifications }: Preferences): Preferences {
  const { email, push, marketing } = notifications
  return { theme, language, timezone, notifications: { email, push, marketing } }
}

/** One reading of a record as it goes over the wire, with the tag that changes whenever it does. */
export interface Representation {
  readonly text: string
  readonly etag: string
}

const byId = new WeakMap<User, Representation>()
const asMe = new WeakMap<User, Representation>()

/** Written once for each record: a record never changes, it is replaced. */
export function represent(user: User, asked: 'by id' | 'as me'): Representation {
  const written = asked === 'by id' ? byId : asMe
  const known = written.get(user)
  if (known !== undefined) return known
  const fresh = representation(user, asked === 'by id' ? presentUserWithProfile(user) : presentMe(user))
  written.set(user, fresh)
  return fresh
}

export function representation(user: User, data: unknown): Representation {
  const text = JSON.stringify({ data })
  return { text, etag: entityTag(user.version, text) }
}

const asRow = new WeakMap<User, Uint8Array>()

/** The row as it goes over the wire, written once for each record, and in UTF-8: pages are put together without looking at a letter again. */
export function representRow(user: User): Uint8Array {
  const known = asRow.get(user)
  if (known !== undefined) return known
  const fresh = Buffer.from(JSON.stringify(presentUser(user)))
  asRow.set(user, fresh)
  return fresh
}

/** `totalIsExact` is there only when it is false, `next` only for whoever goes by cursors. */
export function representUserPage(users: UserPage, represented: (user: User) => Uint8Array): Uint8Array {
  const { items, page, limit, total, totalIsExact, hasNext, cursor } = users
  const meta = {
    page,
    limit,
    ...(total === null ? {} : { total, totalPages: Math.ceil(total / limit) }),
    ...(totalIsExact ? {} : { totalIsExact }),
    hasNext,
    hasPrev: page > 1,
    ...(cursor === null ? {} : { next: cursor.next }),
  }
  const rows = items.flatMap((user, at) => (at === 0 ? [represented(user)] : [comma, represented(user)]))
  return Buffer.concat([opening, ...rows, Buffer.from(`],"meta":${JSON.stringify(meta)}}`)])
}

const opening = Buffer.from('{"data":[')
const comma = Buffer.from(',')

/** The document shows three keys in the `meta` of activity. */
export function presentActivityPage({ items, page, limit, total }: Page<Activity>) {
  return { data: items.map(presentActivity), meta: { page, limit, total } }
}

/** As it stands among those of others. */
export function presentLogEntry(entry: Activity) {
  return { userId: entry.userId, ...presentActivity(entry) }
}

export function presentCalled({ id, email, firstName, lastName }: Called) {
  return { id, email, firstName, lastName }
}

export function presentActivity({ id, type, atMs, detail }: Activity) {
  return { id, type, description: descriptions[type], metadata: detail, createdAt: instant(atMs) }
}

export function presentApiTokenPage({ items, page, limit, total }: Page<ApiToken>) {
  return { data: items.map(presentApiToken), meta: { page, limit, total } }
}

export function presentApiToken({ id, name, permissions, expiresAtMs, createdAtMs, lastUsedAtMs }: ApiToken) {
  return {
    id,
    name,
    permissions,
    expiresAt: instant(expiresAtMs),
    createdAt: instant(createdAtMs),
    lastUsedAt: lastUsedAtMs === null ? null : instant(lastUsedAtMs),
  }
}

export function presentSessionsPage({ items, page, limit, total }: Page<ShownSession>) {
  return { data: items.map(presentSession), meta: { page, limit, total } }
}

function presentSession({ session, isCurrent }: ShownSession) {
  const { id, origin, impersonator, createdAtMs, lastUsedAtMs, expiresAtMs } = session
  return {
    id,
    ...(impersonator === undefined ? {} : { impersonator: impersonator.id }),
    device: deviceOf(origin.userAgent),
    userAgent: origin.userAgent,
    ip: origin.ip,
    createdAt: instant(createdAtMs),
    lastUsedAt: instant(lastUsedAtMs),
    expiresAt: instant(expiresAtMs),
    current: isCurrent,
  }
}

const descriptions: Readonly<Record<ActivityType, string>> = {
  login: 'User logged in',
  login_failed: 'Sign-in failed',
  logout: 'User logged out',
  locked: 'Account locked after too many wrong passwords or codes',
  unlocked: 'Account unlocked',
  session_revoked: 'Session revoked',
  refresh_token_reused: 'Session ended because its refresh token came a second time',
  created: 'User created',
  registration_repeated: 'Somebody asked for an account with this e-mail address',
  updated: 'User updated',
  password_changed: 'Password changed',
  reset_requested: 'Password reset asked for',
  password_reset: 'Password reset',
  role_changed: 'Role changed',
  status_changed: 'Status changed',
  verification_requested: 'Verification of the e-mail address asked for',
  factor_added: 'Second factor added',
  factor_removed: 'Second factor removed',
  recovery_codes_made: 'Recovery codes made',
  recovery_code_used: 'Recovery code used',
  email_verified: 'E-mail address verified',
  email_change_requested: 'Another e-mail address asked for',
  avatar_changed: 'Avatar changed',
  avatar_rejected: 'Avatar rejected by the virus scanner',
  invited: 'User invited',
  invitation_accepted: 'Invitation accepted',
  invitation_revoked: 'Invitation revoked',
  deleted: 'User deleted',
  restored: 'User restored',
  erased: 'User erased',
  exported: 'Data exported',
  token_created: 'API token created',
  token_revoked: 'API token revoked',
  impersonated: 'Impersonated by an administrator',
  organization_created: 'Organization created',
  organization_updated: 'Organization updated',
  organization_deleted: 'Organization deleted',
  organization_joined: 'Organization joined',
  organization_role_changed: 'Role in an organization changed',
  organization_left: 'Organization left',
  mail_retried: 'Mail tried again',
}
