import { recordsIn } from './json-records.ts'
import type { Notes } from './notes.ts'
import {
  type Foreign,
  type ImportSource,
  instantOf,
  isForeign,
  listOf,
  namesOf,
  type OwnLine,
  objectOf,
  ownLine,
  passwordOf,
  pictureOf,
  type RoleMap,
  roleOf,
  tellIdentities,
  textOf,
  textsOf,
  usernameOf,
} from './source.ts'

/** Of the export of password hashes: by the user's id, what their password was made into. */
export type Auth0Passwords = ReadonlyMap<string, string>

interface Around {
  readonly roleMap: RoleMap
  readonly passwords: Auth0Passwords
}

/**
 * The users of a tenant: as the export of users has them, or the export of password hashes (which both come as NDJSON), or in the form in which
 * Auth0 takes users (an array).
 */
export function auth0(around: Around): ImportSource {
  return { records: recordsIn, translate: (record, notes) => translate(record, around, notes) }
}

/** The whole export of password hashes in memory: ids and hashes only. */
export async function readAuth0Passwords(input: AsyncIterable<Buffer>): Promise<Auth0Passwords> {
  const passwords = new Map<string, string>()
  for await (const records of recordsIn(input)) {
    for (const record of records.filter(isForeign)) {
      const hash = textOf(record.passwordHash)
      const id = idOf(record)
      if (hash !== undefined && id !== undefined) passwords.set(id, hash)
    }
  }
  return passwords
}

/** `auth0|…`, also where the export of password hashes has it in two other places. */
function idOf(record: Foreign): string | undefined {
  const own = textOf(record.alt_id) ?? textOf(objectOf(record._id).$oid)
  return own === undefined ? textOf(record.user_id) : `auth0|${own}`
}

function translate(record: Foreign, { roleMap, passwords }: Around, notes: Notes): OwnLine {
  const id = idOf(record)
  const appMetadata = objectOf(record.app_metadata)
  const identifiers = listOf(record.identifiers).map(objectOf)
  const address = identifiers.find(({ type }) => type === 'email')
  const email = textOf(record.email) ?? textOf(address?.value)
  const username = record.username ?? identifiers.find(({ type }) => type === 'username')?.value
  const { attributes: unfit, ...named } = usernameOf(username, email, notes)
  const { firstName, lastName } = namesOf(record.name)
  const theirRoles = [...textsOf(appMetadata.roles), ...[appMetadata.role].filter((role) => typeof role === 'string')]
  for (const factor of textsOf(record.multifactor)) notes.add('second_factor', factor)
  return ownLine({
    email,
    ...named,
    emailVerified: (record.email_verified ?? address?.verified) === true,
    firstName: textOf(record.given_name) ?? firstName,
    lastName: textOf(record.family_name) ?? lastName,
    avatar: pictureOf(record.picture),
    status: record.blocked === true ? 'inactive' : 'active',
    createdAt: instantOf(record.created_at),
    updatedAt: instantOf(record.updated_at),
    lastLoginAt: instantOf(record.last_login),
    ...roleOf(theirRoles, roleMap, notes),
    ...passwordIn(record, id, passwords, notes),
    attributes: {
      ...unfit,
      auth0_id: id,
      phone_number: textOf(record.phone_number),
      user_metadata: filled(record.user_metadata),
      app_metadata: filled(record.app_metadata),
    },
  })
}

function filled(value: unknown): Foreign | undefined {
  return isForeign(value) && Object.keys(value).length > 0 ? value : undefined
}

function passwordIn(
  record: Foreign,
  id: string | undefined,
  passwords: Auth0Passwords,
  notes: Notes,
): { passwordHash?: string } {
  const custom = record.custom_password_hash
  const hash = textOf(record.passwordHash) ?? textOf(record.password_hash) ?? passwords.get(id ?? '')
  tellIdentities(othersOf(record), hash !== undefined || isForeign(custom), notes)
  if (hash !== undefined) return passwordOf(hash, notes)
  return isForeign(custom) ? passwordOf(customHash(custom), notes) : {}
}

/** Where else somebody signs in: what stands before the bar of an id, unless it is a database of Auth0. */
function othersOf(record: Foreign): string[] {
  const identities = listOf(record.identities).map((one) => textOf(objectOf(one).provider) ?? '')
  const [provider, id] = (textOf(record.user_id) ?? '').split('|')
  const known = identities.length > 0 ? identities : id === undefined ? [] : [provider ?? '']
  return known.filter((one) => one !== 'auth0')
}

/** As users.json of a bulk import describes it; null for what nobody here verifies, such as a hash without a salt. */
function customHash({ algorithm, hash, salt, keylen, cost, blockSize, parallelization }: Foreign): string | null {
  const { value, encoding = 'utf8' } = objectOf(hash)
  const text = textOf(value)
  if (text === undefined) return null
  if (algorithm === 'argon2' || algorithm === 'bcrypt' || algorithm === 'ldap') return text
  if (algorithm === 'pbkdf2') return text.startsWith('$') ? text : null
  if (algorithm !== 'scrypt' || typeof keylen !== 'number') return null
  const { value: saltValue, encoding: saltEncoding = 'utf8' } = objectOf(salt)
  const digest = inBase64(text, encoding)
  const salted = inBase64(textOf(saltValue) ?? '', saltEncoding)
  const ln = Math.log2(typeof cost === 'number' ? cost : 16384)
  if (digest === null || salted === null) return null
  return `$scrypt$ln=${ln},r=${blockSize ?? 8},p=${parallelization ?? 1}$${salted}$${digest}`
}

function inBase64(text: string, encoding: unknown): string | null {
  if (encoding !== 'base64' && encoding !== 'hex' && encoding !== 'utf8') return null
  return Buffer.from(text, encoding).toString('base64')
}
