import type { Reading } from '../form.ts'
import { limits } from '../limits.ts'
import type { Core } from '../ports.ts'
import type { ArrivingFactor } from '../users/arrival.ts'
import { parseId } from '../users/names.ts'
import type { Parsed } from '../users/text.ts'
import type { UserId } from '../users/user.ts'
import { oneOf, parseInstant } from '../users/values.ts'
import type { Factor, FactorId, KeptFactor } from './factor.ts'
import { parseFactorName } from './factor-name.ts'

/** A confirmed factor as a file holds it: with `secret` an authenticator app, with a credential a passkey. Bytes are in base64url. */
export interface KeptFactorValues {
  readonly id?: string | undefined
  readonly kind: string
  readonly name?: string | undefined
  readonly createdAt?: string | undefined
  readonly lastUsedAt?: string | undefined
  /** Base32, for codes of six digits by SHA-1 every thirty seconds. */
  readonly secret?: string | undefined
  readonly credentialId?: string | undefined
  readonly publicKey?: string | undefined
  readonly signCount?: number | undefined
  readonly transports?: readonly string[] | undefined
}

type Needs = Pick<Core, 'clock' | 'ids' | 'secrets'>

/** One authenticator app at most, and passkeys. */
export function readKeptFactors(
  core: Needs,
  userId: UserId,
  sent: readonly KeptFactorValues[],
  reading: Reading,
): ArrivingFactor[] {
  const max = limits.passkeysPerUserMax + 1
  if (sent.length > max) reading.add('factors', { flaw: 'too_many', max })
  const factors = sent
    .slice(0, max)
    .map((values, place) => readFactor(core, userId, values, reading, `factors.${place}`))
    .filter((factor) => factor !== null)
  const apps = factors.filter(({ kept }) => kept.kind === 'totp')
  if (apps.length > 1) reading.add('factors', { flaw: 'repeated' })
  return factors
}

function readFactor(
  core: Needs,
  userId: UserId,
  values: KeptFactorValues,
  reading: Reading,
  field: string,
): ArrivingFactor | null {
  const kind = reading.read(`${field}.kind`, values.kind, (text) => oneOf(['totp', 'passkey'] as const, text))
  const createdAtMs = reading.read(`${field}.createdAt`, values.createdAt, parseInstant) ?? core.clock()
  const factor: Omit<Factor, 'kind' | 'name'> = {
    id: reading.read(`${field}.id`, values.id, parseId<FactorId>) ?? (core.ids.next() as FactorId),
    userId,
    createdAtMs,
    confirmedAtMs: createdAtMs,
    lastUsedAtMs: reading.read(`${field}.lastUsedAt`, values.lastUsedAt, parseInstant) ?? null,
  }
  const name = reading.read(`${field}.name`, values.name, parseFactorName)
  if (kind === 'totp') return readTotp({ ...factor, kind, name: name ?? 'Authenticator app' }, values, reading, field)
  if (kind !== 'passkey') return null
  return readPasskey(core, { ...factor, kind, name: name ?? 'Passkey' }, values, reading, field)
}

function readTotp(factor: Factor, values: KeptFactorValues, reading: Reading, field: string): ArrivingFactor | null {
  reading.need(`${field}.secret`, values.secret)
  const secret = reading.read(`${field}.secret`, values.secret, parseSecret)
  if (secret === undefined) return null
  return { kept: { kind: 'totp', factor, secret }, credentialDigest: null }
}

/** 128 bits are the least that a secret may have (RFC 4226, section 4, R6). */
function parseSecret(sent: string): Parsed<string> {
  const isSecret = /^[A-Z2-7]{26,128}$/.test(sent)
  return isSecret ? { value: sent } : { flaw: { flaw: 'wrong_type', expected: 'base32 of 26 to 128 characters' } }
}

function readPasskey(
  core: Needs,
  factor: Factor,
  values: KeptFactorValues,
  reading: Reading,
  field: string,
): ArrivingFactor | null {
  const { signCount = 0, transports = [] } = values
  reading.need(`${field}.credentialId`, values.credentialId)
  reading.need(`${field}.publicKey`, values.publicKey)
  const credentialId = reading.read(`${field}.credentialId`, values.credentialId, parseBytes)
  const publicKey = reading.read(`${field}.publicKey`, values.publicKey, parseBytes)
  const count = reading.read(`${field}.signCount`, signCount, parseCount)
  const ways = reading.read(`${field}.transports`, transports, parseTransports)
  if (credentialId === undefined || publicKey === undefined || count === undefined || ways === undefined) return null
  const kept: KeptFactor = {
    kind: 'passkey',
    factor,
    passkey: { credentialId, publicKey, signCount: count, transports: ways },
  }
  return { kept, credentialDigest: core.secrets.digest('passkey', credentialId) }
}

function parseBytes(sent: string): Parsed<string> {
  const max = limits.passkeyPartLengthMax
  if (sent.length > max) return { flaw: { flaw: 'too_long', max, length: sent.length } }
  return /^[A-Za-z0-9_-]+$/.test(sent) ? { value: sent } : { flaw: { flaw: 'wrong_type', expected: 'base64url' } }
}

/** Four bytes long (Web Authentication, “signature counter”). */
function parseCount(sent: number): Parsed<number> {
  const max = 2 ** 32 - 1
  return sent >= 0 && sent <= max ? { value: sent } : { flaw: { flaw: 'out_of_range', min: 0, max } }
}

function parseTransports(sent: readonly string[]): Parsed<readonly string[]> {
  const max = limits.passkeyTransportsMax
  if (sent.length > max) return { flaw: { flaw: 'too_many', max } }
  const long = sent.find(({ length }) => length > limits.textLengthMax)
  if (long === undefined) return { value: sent }
  return { flaw: { flaw: 'too_long', max: limits.textLengthMax, length: long.length } }
}
