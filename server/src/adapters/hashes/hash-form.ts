import { timingSafeEqual } from 'node:crypto'
import { limits } from '../../core/limits.ts'
import type { HashCost } from '../../core/refusals.ts'
import type { Parsed } from '../../core/users/text.ts'

/** A password hash that can be verified, at a cost that a sign-in may have. */
export interface ReadHash {
  /** That verifying it takes. */
  readonly memoryBytes: number
  matches(password: string): Promise<boolean>
}

/** Reads hashes of one form; null for what is of another. */
export type HashForm = (text: string) => Parsed<ReadHash> | null

export const unknownHash = { flaw: { flaw: 'unknown_hash' } } as const satisfies Parsed<never>

export function costlyHash(cost: HashCost, max: number): Parsed<never> {
  return { flaw: { flaw: 'costly_hash', cost, max } }
}

/** Base64 as hashes are written: padded or not, with `.` or `-` in place of `+`, and `_` in place of `/`. */
export function bytesOf(text: string): Buffer | null {
  const [, digits] = /^([A-Za-z0-9+/._-]*)={0,2}$/.exec(text) ?? []
  if (digits === undefined || digits.length % 4 === 1) return null
  return Buffer.from(digits.replaceAll('.', '+'), 'base64')
}

/** Whether there is enough of both for a match to prove anything. */
export function areLongEnough(salt: Uint8Array, digest: Uint8Array): boolean {
  return salt.length >= limits.passwordSaltBytesMin && digest.length >= limits.passwordDigestBytesMin
}

export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
