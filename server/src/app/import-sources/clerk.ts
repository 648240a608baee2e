import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { limits } from '../../core/limits.ts'
import type { Notes } from './notes.ts'
import {
  appOf,
  type Foreign,
  type ImportSource,
  identified,
  instantOf,
  type OwnLine,
  ownLine,
  passwordOf,
  SourceTrouble,
  tellIdentities,
  textOf,
  usernameOf,
} from './source.ts'

const needed = ['id', 'primary_email_address', 'verified_email_addresses', 'password_digest', 'password_hasher']
const recordsAtOnce = 100

/** What the dashboard exports: CSV with a header. */
export function clerk(): ImportSource {
  return { records, translate }
}

async function* records(input: AsyncIterable<Buffer>): AsyncGenerator<readonly unknown[]> {
  const reading = parse({
    ...{ bom: true, columns: headerOf, relax_column_count: true, skip_empty_lines: true },
    max_record_size: limits.importLineBytesMax,
  })
  const source = Readable.from(input)
  source.on('error', (fault) => reading.destroy(fault))
  let waiting: unknown[] = []
  try {
    for await (const record of source.pipe(reading)) {
      waiting.push(record)
      if (waiting.length < recordsAtOnce) continue
      yield waiting
      waiting = []
    }
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('CSV_')) {
      throw new SourceTrouble(`The file is not CSV, behind record ${reading.info.records}.`)
    }
    throw thrown
  }
  yield waiting
}

function headerOf(names: readonly string[]): string[] {
  const missing = needed.filter((name) => !names.includes(name))
  if (missing.length > 0) throw new SourceTrouble(`The first line lacks ${missing.join(', ')}: is this Clerk's export?`)
  return [...names]
}

function translate(record: Foreign, notes: Notes): OwnLine {
  const { attributes, ...own } = identified(record.id, 'clerk_id')
  const primary = textOf(record.primary_email_address)
  const verified = severalOf(record.verified_email_addresses)
  const email = primary ?? verified[0]
  const others = [...verified, ...severalOf(record.unverified_email_addresses)].filter((one) => one !== email)
  const phones = [
    textOf(record.primary_phone_number),
    ...severalOf(record.verified_phone_numbers),
    ...severalOf(record.unverified_phone_numbers),
  ].filter((one) => one !== undefined)
  const { attributes: unfit, ...named } = usernameOf(record.username, email, notes)
  const secret = textOf(record.totp_secret)
  return ownLine({
    ...own,
    email,
    emailVerified: email !== undefined && verified.includes(email),
    ...named,
    firstName: textOf(record.first_name),
    lastName: textOf(record.last_name),
    createdAt: instantOf(record.created_at),
    ...passwordIn(record, notes),
    ...(secret !== undefined && appOf(secret, notes)),
    attributes: {
      ...attributes,
      ...unfit,
      phone_number: phones[0],
      other_phone_numbers: filled([...new Set(phones)].slice(1)),
      other_email_addresses: filled(others),
    },
  })
}

/** Several stand in one cell, between bars or commas. */
function severalOf(cell: unknown): string[] {
  const parts = (textOf(cell) ?? '').split(/[|,]/).map((part) => part.trim())
  return parts.filter((part) => part !== '')
}

function filled(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? list : undefined
}

/** Those whose digests are written as everybody writes them. */
const plainHashers = new Set(['bcrypt', 'argon2i', 'argon2id', 'pbkdf2_sha256_django', 'phpass', 'ldap_ssha'])

function passwordIn(record: Foreign, notes: Notes): { passwordHash?: string } {
  const digest = textOf(record.password_digest)
  tellIdentities([], digest !== undefined, notes)
  if (digest === undefined) return {}
  const hasher = textOf(record.password_hasher) ?? ''
  if (hasher === 'scrypt_firebase') return passwordOf(firebaseHash(digest), notes)
  return passwordOf(plainHashers.has(hasher) ? digest : null, notes)
}

/** Hash, salt, signer key, salt separator, rounds and memory cost. */
function firebaseHash(digest: string): string | null {
  const [hash, salt, key, separator, rounds, memCost] = digest.split('$')
  if (memCost === undefined) return null
  return `$firebase-scrypt$ln=${memCost},r=${rounds},sk=${key},ss=${separator}$${salt}$${hash}`
}
