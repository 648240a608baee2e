import { readPasswordHash } from '../../adapters/hashes/read-hash.ts'
import { type Role, roles } from '../../core/permissions.ts'
import { parseUsername } from '../../core/users/names.ts'
import type { Email } from '../../core/users/user.ts'
import type { Notes } from './notes.ts'

/** Something that a file of another product says of one of its users. */
export type Foreign = Readonly<Record<string, unknown>>

/** A line of our own NDJSON. */
export type OwnLine = Readonly<Record<string, unknown>>

/** How another product writes its users down. */
export interface ImportSource {
  /** The records in their order, some at a time; null for one that cannot be read. */
  records(input: AsyncIterable<Buffer>, notes: Notes): AsyncIterable<readonly unknown[]>
  /** Null for what is no person, which a note tells. */
  translate(record: Foreign, notes: Notes): OwnLine | null
}

/** Ours, by the names of theirs. */
export type RoleMap = ReadonlyMap<string, Role>

/** The file as a whole is not what it was said to be. The message repeats nothing of it. */
export class SourceTrouble extends Error {
  override readonly name = 'SourceTrouble'
}

export function isForeign(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of what should be an object: nothing where it is none. */
export function objectOf(value: unknown): Foreign {
  return isForeign(value) ? value : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string')
}

/** JSON within a text, as some write an object in a column. */
export function parsedOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** Milliseconds, as a number or in digits, or an instant as PostgreSQL or ISO 8601 write it. What is none of these stays as it is, to be refused. */
export function instantOf(value: unknown): string | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{10,15}$/.test(value))) {
    const date = new Date(Number(value))
    return Number.isNaN(date.getTime()) ? String(value) : date.toISOString()
  }
  return textOf(value)
    ?.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
    .replace(/([+-]\d\d)$/, '$1:00')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** An id of theirs: ours as well if it is a UUID, else an attribute of the name, so that nobody loses trace of anybody. */
export function identified(id: unknown, name: string): { id?: string; attributes: Foreign } {
  const text = textOf(id)
  if (text === undefined) return { attributes: {} }
  return uuid.test(text) ? { id: text, attributes: {} } : { attributes: { [name]: text } }
}

/** What stands before the last space of a name is the first, and the rest the last one; an e-mail address is no name. */
export function namesOf(whole: unknown): { firstName?: string; lastName?: string } {
  const name = textOf(whole)?.trim()
  if (!name || name.includes('@')) return {}
  const at = name.lastIndexOf(' ')
  return at < 0 ? { firstName: name } : { firstName: name.slice(0, at).trim(), lastName: name.slice(at + 1) }
}

/** A username that cannot be one here becomes an attribute, if there is an address to sign in with. */
export function usernameOf(
  username: unknown,
  email: unknown,
  notes: Notes,
): { username?: string; attributes: Foreign } {
  const [name, address] = [textOf(username), textOf(email)]
  if (name === undefined) return { attributes: {} }
  if (address === undefined || 'value' in parseUsername(name, address as Email))
    return { username: name, attributes: {} }
  notes.add('username')
  return { attributes: { username: name } }
}

/** Pictures elsewhere are addresses here, where they are addresses there. */
export function pictureOf(value: unknown): string | undefined {
  const text = textOf(value)
  return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined
}

/** A hash of a form that is not known is left out and told; one that would cost too much stays, and has its line refused. */
export function passwordOf(hash: string | null, notes: Notes): { passwordHash?: string } {
  if (hash !== null) {
    const read = readPasswordHash(hash)
    if (!('flaw' in read) || read.flaw.flaw !== 'unknown_hash') return { passwordHash: hash }
  }
  notes.add('unknown_hash')
  return {}
}

/** Codes of six digits by SHA-1 every thirty seconds; a secret that is shorter than may be is left out and told. */
export function appOf(base32: string, notes: Notes): { factors?: readonly Foreign[] } {
  const secret = base32.replaceAll(/[\s=]/g, '').toUpperCase()
  if (/^[A-Z2-7]{26,128}$/.test(secret)) return { factors: [{ kind: 'totp', secret }] }
  notes.add('second_factor', 'totp')
  return {}
}

/** The highest of the roles that theirs stand for. */
export function roleOf(theirs: readonly string[], map: RoleMap, notes: Notes): { role?: Role } {
  const ours = theirs.map((role) => map.get(role))
  if (ours.includes(undefined)) notes.add('roles')
  const highest = roles.find((role) => ours.includes(role))
  return highest === undefined ? {} : { role: highest }
}

/** Tells of the other places where somebody signs in; Roster is none of them. */
export function tellIdentities(providers: readonly string[], hasPassword: boolean, notes: Notes): void {
  const others = [...new Set(providers)]
  for (const provider of others) notes.add(hasPassword ? 'identity' : 'only_identity', provider)
  if (others.length === 0 && !hasPassword) notes.add('no_password')
}

/** Without what is not there; attributes only where there are some. */
export function ownLine(values: Readonly<Record<string, unknown>> & { attributes: Foreign }): OwnLine {
  const attributes = present(values.attributes)
  const { attributes: _, ...others } = values
  return { ...present(others), ...(Object.keys(attributes).length > 0 && { attributes }) }
}

function present(values: Foreign): Foreign {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null))
}
