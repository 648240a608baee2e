import { pbkdf2 as derive } from 'node:crypto'
import { promisify } from 'node:util'
import { limits } from '../../core/limits.ts'
import { areEqual, areLongEnough, bytesOf, costlyHash, type HashForm, unknownHash } from './hash-form.ts'

const derived = promisify(derive)

/** What each goes by, how long it is, and how often it may be computed. */
const functions = {
  sha1: { bytes: 20, roundsMax: limits.pbkdf2RoundsMax },
  sha256: { bytes: 32, roundsMax: limits.pbkdf2RoundsMax },
  sha512: { bytes: 64, roundsMax: limits.pbkdf2Sha512RoundsMax },
} as const

/** `$pbkdf2-sha256$29000$salt$digest` (passlib) and `$pbkdf2-sha256$i=27500,l=32$salt$digest` (PHC string format); without a name it is SHA-1. */
const written = /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?([1-9]\d{0,9})(?:,l=(\d{1,3}))?\$([^$]+)\$([^$]+)$/
/** `pbkdf2_sha256$260000$salt$digest`, whose salt is the text itself (Django). */
const django = /^pbkdf2_(sha1|sha256|sha512)\$([1-9]\d{0,9})\$([^$]+)\$([^$]+)$/

/** PBKDF2 with HMAC (RFC 8018, section 5.2). */
export const pbkdf2: HashForm = (text) => {
  if (!/^\$?pbkdf2/.test(text)) return null
  const [, name = 'sha1', rounds, length, salt = '', digest = ''] = written.exec(text) ?? djangosParts(text)
  const bytes = { salt: text.startsWith('$') ? bytesOf(salt) : Buffer.from(salt), digest: bytesOf(digest) }
  if (rounds === undefined || bytes.salt === null || bytes.digest === null) return unknownHash
  return readPbkdf2(name as keyof typeof functions, Number(rounds), bytes.salt, bytes.digest, length)
}

function djangosParts(text: string): (string | undefined)[] {
  const [, name, rounds, salt, digest] = django.exec(text) ?? []
  return ['', name, rounds, undefined, salt, digest]
}

function readPbkdf2(
  name: keyof typeof functions,
  rounds: number,
  salt: Buffer,
  digest: Buffer,
  length: string | undefined,
): ReturnType<HashForm> {
  if (!areLongEnough(salt, digest) || (length !== undefined && Number(length) !== digest.length)) return unknownHash
  const { bytes, roundsMax } = functions[name]
  if (rounds * Math.ceil(digest.length / bytes) > roundsMax) return costlyHash('pbkdf2_rounds', roundsMax)
  const matches = async (password: string) =>
    areEqual(await derived(password, salt, rounds, digest.length, name), digest)
  return { value: { memoryBytes: 0, matches } }
}
