import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const sealVersion = 1

/** The record was wrapped under another master key: `kid` names the one it needs, never the key. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey'
  readonly kid: string

  constructor(kid: string) {
    super(`the directory key is wrapped under the master key ${kid}, which is not the one given`)
    this.kid = kid
  }
}

/** The wrapped directory key cannot be read, whatever the master key. */
export class DamagedKeyRecord extends Error {
  override readonly name = 'DamagedKeyRecord'
}

/** A sealed value was changed, moved to another place, or sealed under another key. */
export class BrokenSeal extends Error {
  override readonly name = 'BrokenSeal'
}

/** 32 random bytes; everything the directory keeps under lock hangs on them. */
export function newDirectoryKey(): Buffer {
  return randomBytes(keyBytes)
}

/** 32 random bytes in base64, as an operator keeps them. */
export function newMasterKey(): string {
  return randomBytes(keyBytes).toString('base64')
}

/** The text `{"v":1,"kid","nonce","sealed"}`, to be kept beside the directory: worthless without the master key that `kid` names. */
export function wrapDirectoryKey(master: Buffer, directoryKey: Buffer): string {
  const kid = masterKeyId(master)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', derive(master, 'wrap'), nonce).setAAD(Buffer.from(`v1 ${kid}`))
  const sealed = Buffer.concat([cipher.update(directoryKey), cipher.final(), cipher.getAuthTag()])
  return JSON.stringify({ v: 1, kid, nonce: nonce.toString('base64url'), sealed: sealed.toString('base64url') })
}

/** Throws `WrongMasterKey` or `DamagedKeyRecord`. */
export function unwrapDirectoryKey(master: Buffer, record: string): Buffer {
  const { kid, nonce, sealed } = readRecord(record)
  if (kid !== masterKeyId(master)) throw new WrongMasterKey(kid)
  const decipher = createDecipheriv('aes-256-gcm', derive(master, 'wrap'), nonce, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(`v1 ${kid}`)).setAuthTag(sealed.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
  } catch {
    throw new DamagedKeyRecord('the wrapped directory key has been changed')
  }
}

function readRecord(record: string): { kid: string; nonce: Buffer; sealed: Buffer } {
  const fields = parseJson(record)
  const { v, kid, nonce, sealed } = fields
  if (v !== 1) throw new DamagedKeyRecord('the wrapped directory key has no version that is known here')
  // Whoever is told of it may read it in a terminal, wherever the record came from.
  if (typeof kid === 'string' && !/^[0-9a-f]{16}$/.test(kid))
    throw new DamagedKeyRecord('the wrapped directory key names no master key')
  if (typeof kid !== 'string' || typeof nonce !== 'string' || typeof sealed !== 'string') {
    throw new DamagedKeyRecord('the wrapped directory key lacks a part')
  }
  const parts = { kid, nonce: Buffer.from(nonce, 'base64url'), sealed: Buffer.from(sealed, 'base64url') }
  if (parts.nonce.length !== nonceBytes || parts.sealed.length !== keyBytes + tagBytes) {
    throw new DamagedKeyRecord('the wrapped directory key is cut short')
  }
  return parts
}

function parseJson(record: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(record)
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed }
  } catch {
    // Told below, without the text.
  }
  throw new DamagedKeyRecord('the wrapped directory key is not a record')
}

function masterKeyId(master: Buffer): string {
  return derive(master, 'master-key-id').export().subarray(0, 8).toString('hex')
}

export interface DirectoryKeys {
  /** The cipher of the database file takes it raw. */
  readonly file: Buffer
  readonly seal: KeyObject
  readonly cursor: KeyObject
  readonly cookie: KeyObject
  readonly refresh: KeyObject
  readonly link: KeyObject
  readonly apiToken: KeyObject
  readonly avatar: KeyObject
  /** For digests of what is handed out to be brought back. */
  readonly digest: KeyObject
  readonly backup: KeyObject
}

/** One key for each purpose, by HKDF-SHA256 (RFC 5869): none of them tells anything about another or about the directory key. */
export function deriveKeys(directoryKey: Buffer): DirectoryKeys {
  return {
    file: derive(directoryKey, 'file').export(),
    seal: derive(directoryKey, 'seal'),
    cursor: derive(directoryKey, 'cursor'),
    cookie: derive(directoryKey, 'cookie'),
    refresh: derive(directoryKey, 'refresh'),
    link: derive(directoryKey, 'link'),
    apiToken: derive(directoryKey, 'api-token'),
    avatar: derive(directoryKey, 'avatar'),
    digest: derive(directoryKey, 'digest'),
    backup: derive(directoryKey, 'backup'),
  }
}

function derive(key: Buffer, purpose: string): KeyObject {
  if (key.length !== keyBytes) throw new RangeError(`a key has ${keyBytes} bytes, not ${key.length}`)
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `roster/v1/${purpose}`, keyBytes)))
}

export interface Sealer {
  /** `context` says where the value stands (table, column, row): it opens nowhere else. */
  seal(text: string | Uint8Array, context: string): Buffer
  /** Throws `BrokenSeal`. */
  unseal(sealed: Buffer, context: string): string
  /** The same of what is no text. */
  unsealBytes(sealed: Buffer, context: string): Buffer
}

/**
 * AES-256-GCM: a version byte, a random nonce of 12 bytes, the bytes (of a text in UTF-8), a tag of 16 bytes. With random nonces one key is good for 2³²
 * values (NIST SP 800-38D, section 8.3).
 */
export function openSealer(sealKey: KeyObject): Sealer {
  const version = Buffer.from([sealVersion])
  return {
    seal(text, context) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(bound(context))
      const bytes = typeof text === 'string' ? Buffer.from(text) : text
      return Buffer.concat([version, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    },
    unseal: (sealed, context) => unsealBytes(sealed, context).toString('utf8'),
    unsealBytes,
  }

  function unsealBytes(sealed: Buffer, context: string): Buffer {
    if (sealed.length < 1 + nonceBytes + tagBytes) throw new BrokenSeal('a sealed value is cut short')
    if (sealed[0] !== sealVersion) throw new BrokenSeal('a sealed value has no version that is known here')
    const nonce = sealed.subarray(1, 1 + nonceBytes)
    const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagBytes })
    decipher.setAAD(bound(context)).setAuthTag(sealed.subarray(-tagBytes))
    try {
      const bytes = decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes))
      decipher.final()
      return bytes
    } catch {
      throw new BrokenSeal('a sealed value was changed, moved, or sealed under another key')
    }
  }
}

function bound(context: string): Buffer {
  return Buffer.from(`v${sealVersion} ${context}`)
}
