import { limits } from '../../core/limits.ts'
import type { Parsed } from '../../core/users/text.ts'
import { argon2 } from './argon2.ts'
import { bcrypt } from './bcrypt.ts'
import { type HashForm, type ReadHash, unknownHash } from './hash-form.ts'
import { pbkdf2 } from './pbkdf2.ts'
import { phpass } from './phpass.ts'
import { saltedSha } from './salted-sha.ts'
import { firebaseScrypt, scrypt } from './scrypt.ts'

const forms: readonly HashForm[] = [argon2, bcrypt, scrypt, firebaseScrypt, pbkdf2, phpass, saltedSha]

/** Knows the form of a password hash and what it would cost to verify it, and computes nothing. */
export function readPasswordHash(text: string): Parsed<ReadHash> {
  if (text.length > limits.passwordHashLengthMax) return unknownHash
  for (const form of forms) {
    const read = form(text)
    if (read !== null) return read
  }
  return unknownHash
}
