import type { Access } from '../../core/fellows/list-accessible-organizations.ts'
import { signInName, type User } from '../../core/users/user.ts'
import type { Call } from '../../http/contract.ts'

/** ISO 8601 to the second, in UTC. */
export function second(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/* Each shows the keys that the document shows there, in its order. */

export function presentSignedUp({ number, email, firstName, lastName, createdAtMs }: User) {
  return { id: number, email, firstName, lastName, createdAt: second(createdAtMs) }
}

export function presentById({ number, email, firstName, lastName, status, createdAtMs }: User) {
  return { id: number, email, firstName, lastName, status, createdAt: second(createdAtMs) }
}

/** Who has no username is shown, and found, by their e-mail address. */
export function presentByName(user: User) {
  const { number, email, firstName, lastName } = user
  return { id: number, username: signInName(user), email, firstName, lastName }
}

export function presentEdited({ number, firstName, lastName, updatedAtMs }: User) {
  return { id: number, firstName, lastName, updatedAt: second(updatedAtMs) }
}

export function presentCreated({ number, email, createdAtMs }: User) {
  return { id: number, email, createdAt: second(createdAtMs) }
}

/** The address is for whoever sees the user, with their token. */
export function presentImage({ number }: User, { publicUrl, mount, nowMs }: Call) {
  return { imageUrl: `${publicUrl}${mount}/users/${number}/profile/image`, uploadedAt: second(nowMs) }
}

export function done(message: string) {
  return { success: true, message }
}

const rolesThere: Readonly<Record<Access['role'], string>> = {
  admin: 'Admin',
  member: 'Member',
  directory_admin: 'AppAdmin',
}

export function presentAccess({ organization, role }: Access) {
  return { id: organization.number, name: organization.name, role: rolesThere[role] }
}

/** By which a list can be filtered and sorted, and those that a row has unless others are asked for. */
export const rowFields = {
  all: ['id', 'username', 'email', 'firstName', 'lastName', 'status', 'createdAt', 'updatedAt'],
  shown: ['id', 'email', 'firstName', 'status'],
} as const satisfies Record<string, readonly string[]>
export type RowField = (typeof rowFields.all)[number]

export function presentRow(user: User, fields: readonly RowField[]) {
  const { number: id, username, email, firstName, lastName, status } = user
  const row = { id, username, email, firstName, lastName, status, ...datesOf(user) }
  return Object.fromEntries(fields.map((field) => [field, row[field]]))
}

function datesOf({ createdAtMs, updatedAtMs }: User) {
  return { createdAt: second(createdAtMs), updatedAt: second(updatedAtMs) }
}
