import { hash } from 'node:crypto'
import { limits } from '../../core/limits.ts'
import { areEqual, bytesOf, type HashForm, unknownHash } from './hash-form.ts'

const functions = {
  SSHA: { name: 'sha1', bytes: 20 },
  SSHA256: { name: 'sha256', bytes: 32 },
  SSHA384: { name: 'sha384', bytes: 48 },
  SSHA512: { name: 'sha512', bytes: 64 },
} as const

/**
 * `{SSHA}…` of LDAP servers (RFC 2307, and OpenLDAP's pw-sha2): base64 of the digest of password and salt, followed by the salt. A microsecond's
 * work. Not `{SHA}`: without a salt, what it hides can be looked up.
 */
export const saltedSha: HashForm = (text) => {
  const [, scheme, base64 = ''] = /^\{(SSHA(?:256|384|512)?)\}(.+)$/i.exec(text) ?? []
  if (scheme === undefined) return null
  const { name, bytes } = functions[scheme.toUpperCase() as keyof typeof functions]
  const both = bytesOf(base64)
  if (both === null || both.length < bytes + limits.passwordSaltBytesMin) return unknownHash
  const [digest, salt] = [both.subarray(0, bytes), both.subarray(bytes)]
  const matches = async (password: string) =>
    areEqual(hash(name, Buffer.concat([Buffer.from(password), salt]), 'buffer'), digest)
  return { value: { memoryBytes: 0, matches } }
}
