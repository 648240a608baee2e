import { createCipheriv, scrypt as derive, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'
import { limits } from '../../core/limits.ts'
import type { Parsed } from '../../core/users/text.ts'
import { areEqual, areLongEnough, bytesOf, costlyHash, type HashForm, type ReadHash, unknownHash } from './hash-form.ts'

const derived = promisify<string, Buffer, number, ScryptOptions, Buffer>(derive)

/** RFC 7914, section 2. `N` is `2 ** log2N`. */
interface Cost {
  readonly log2N: number
  readonly r: number
  readonly p: number
}

/** `$scrypt$ln=16,r=8,p=1$salt$digest`, as passlib and others write it; PHC string format. */
const phc = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,9}),p=(\d{1,9})\$([^$]+)\$([^$]+)$/
/** `16384$8$1$salt$digest`: N, r and p, and bytes in hexadecimal, as Go's simple-scrypt writes it. */
const hexadecimal = /^(\d{1,16})\$(\d{1,9})\$(\d{1,9})\$((?:[0-9a-f]{2})+)\$((?:[0-9a-f]{2})+)$/i

export const scrypt: HashForm = (text) => {
  const [, ln, r, p, salt = '', digest = ''] = phc.exec(text) ?? []
  if (ln !== undefined) {
    return readScrypt({ log2N: Number(ln), r: Number(r), p: Number(p) }, bytesOf(salt), bytesOf(digest))
  }
  const [, n, goR, goP, goSalt = '', goDigest = ''] = hexadecimal.exec(text) ?? []
  if (n === undefined) return text.startsWith('$scrypt$') ? unknownHash : null
  const cost = { log2N: Math.log2(Number(n)), r: Number(goR), p: Number(goP) }
  return readScrypt(cost, Buffer.from(goSalt, 'hex'), Buffer.from(goDigest, 'hex'))
}

function readScrypt(cost: Cost, salt: Buffer | null, digest: Buffer | null): Parsed<ReadHash> {
  if (salt === null || digest === null || !isSound(cost) || !areLongEnough(salt, digest)) return unknownHash
  if (isCostly(cost)) return costlyHash('scrypt_bytes', limits.scryptBytesMax)
  const matches = async (password: string) =>
    areEqual(await derived(password, salt, digest.length, optionsOf(cost)), digest)
  return { value: { memoryBytes: memoryOf(cost), matches } }
}

/** `$firebase-scrypt$ln=14,r=8,sk=key,ss=separator$salt$digest`: the memory cost, the rounds, the signer key and the salt separator of the project. */
const firebaseWritten = /^\$firebase-scrypt\$ln=(\d{1,2}),r=(\d{1,9}),sk=([^$,]+),ss=([^$,]*)\$([^$]+)\$([^$]+)$/
const aesKeyBytes = 32
const noCounter = Buffer.alloc(16)

/** Scrypt as Firebase Authentication changed it (github.com/firebase/scrypt): what is derived encrypts the key of the project. */
export const firebaseScrypt: HashForm = (text) => {
  if (!text.startsWith('$firebase-scrypt$')) return null
  const [, ln, r, ...parts] = firebaseWritten.exec(text) ?? []
  const [key, separator, salt, digest] = parts.map(bytesOf)
  const cost = { log2N: Number(ln ?? 0), r: Number(r ?? 0), p: 1 }
  if (!key || !separator || !salt || !digest || !isSound(cost)) return unknownHash
  if (key.length !== digest.length || !areLongEnough(salt, digest)) return unknownHash
  if (isCostly(cost)) return costlyHash('scrypt_bytes', limits.scryptBytesMax)
  const matches = async (password: string) => {
    const aesKey = await derived(password, Buffer.concat([salt, separator]), aesKeyBytes, optionsOf(cost))
    return areEqual(createCipheriv('aes-256-ctr', aesKey, noCounter).update(key), digest)
  }
  return { value: { memoryBytes: memoryOf(cost), matches } }
}

/** RFC 7914, section 6: N is a power of two, greater than one, and less than `2 ** (128 * r / 8)`. */
function isSound({ log2N, r, p }: Cost): boolean {
  return Number.isInteger(log2N) && log2N >= 1 && r >= 1 && p >= 1 && log2N < 16 * r
}

/** Beside what N counts, each block goes through PBKDF2 twice. That is felt where there are many and N is small. */
const stepsMin = 128

function isCostly({ log2N, r, p }: Cost): boolean {
  return 128 * Math.max(2 ** log2N, stepsMin) * r * p > limits.scryptBytesMax
}

function memoryOf({ log2N, r, p }: Cost): number {
  return 128 * r * (2 ** log2N + p + 2)
}

function optionsOf(cost: Cost): ScryptOptions {
  const { log2N, r, p } = cost
  return { N: 2 ** log2N, r, p, maxmem: memoryOf(cost) + 1024 }
}
