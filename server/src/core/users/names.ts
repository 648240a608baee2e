import { limits } from '../limits.ts'
import { canonical, lengthOf, type Parsed, parseText } from './text.ts'
import type { Email, UserId, Username } from './user.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Any UUID version. */
export function parseId<Id extends string>(sent: string): Parsed<Id> {
  return uuid.test(sent) ? { value: sent.toLowerCase() as Id } : { flaw: { flaw: 'bad_id' } }
}

export function parseUserId(sent: string): Parsed<UserId> {
  return parseId<UserId>(sent)
}

export function looksLikeId(sent: string): boolean {
  return uuid.test(sent)
}

/**
 * The pattern of HTML's `input type=email` (WHATWG, “valid e-mail address”), widened to internationalised addresses: letters, marks and
 * digits of any script in both halves (RFC 6531), but none that cannot be seen, as no identifier has them (RFC 8264, section 9.13). Length at most 254
 * code points.
 */
const address =
  /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?)*$/u

const unseen = /\p{Default_Ignorable_Code_Point}/u

export function parseEmail(sent: string): Parsed<Email> {
  const text = parseText(sent, limits.emailLengthMax)
  if ('flaw' in text) return text.flaw.flaw === 'too_long' ? text : { flaw: { flaw: 'bad_email' } }
  const isAddress = address.test(text.value) && !unseen.test(text.value)
  return isAddress ? { value: text.value as Email } : { flaw: { flaw: 'bad_email' } }
}

/**
 * 1–64 code points, no controls, no blank ends, something to see, not of UUID form, no dot segment, and an `@` only in the user's own e-mail. So
 * a username never shadows an id nor somebody else's address, and can be named in a URL.
 */
export function parseUsername(sent: string, ownEmail: Email | null): Parsed<Username> {
  if (sent === '') return { flaw: { flaw: 'blank' } }
  if (sent !== sent.trim()) return { flaw: { flaw: 'bad_username' } }
  const text = parseText(sent, limits.emailLengthMax)
  if ('flaw' in text) return text
  const isOwnEmail = ownEmail !== null && canonical(text.value) === canonical(ownEmail)
  if (isOwnEmail) return { value: text.value as Username }
  const length = lengthOf(text.value)
  if (length > limits.usernameLengthMax) return { flaw: { flaw: 'too_long', max: limits.usernameLengthMax, length } }
  const isSeen = /[^\p{Default_Ignorable_Code_Point}\s]/u.test(text.value)
  const isSegment = text.value === '.' || text.value === '..'
  if (text.value.includes('@') || looksLikeId(text.value) || !isSeen || isSegment)
    return { flaw: { flaw: 'bad_username' } }
  return { value: text.value as Username }
}
