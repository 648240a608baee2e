import { limits } from '../limits.ts'
import type { Policy } from '../policy.ts'
import type { Flaw, PasswordLack } from '../refusals.ts'
import type { Parsed } from '../users/text.ts'
import { canonical, lengthOf } from '../users/text.ts'
import type { User } from '../users/user.ts'

/** NFC, within the limits, and of the strength that the door asks for. Minted by `parseNewPassword`. */
export type NewPassword = string & { readonly brand: 'NewPassword' }

/** What one contract asks of a new password. */
export interface PasswordRule {
  readonly lengthMin: number
  /** An upper-case letter, a lower-case letter, a digit and a symbol. */
  readonly fourKinds: boolean
  readonly uncommon: boolean
  /**
   * Does not contain a part of the person's name, the local part of their e-mail, or their username; or is not, `as a whole`, their name, e-mail or
   * username.
   */
  readonly impersonal: boolean | 'as a whole'
}

export const houseRule: PasswordRule = {
  lengthMin: limits.passwordLengthMin,
  fourKinds: true,
  uncommon: true,
  impersonal: true,
}

/** The rule of a door; where the operator wants the house's for a floor, whatever either of them asks. */
export function ruleInForce(rule: PasswordRule, policy: Pick<Policy, 'houseFloorEverywhere'>): PasswordRule {
  if (!policy.houseFloorEverywhere) return rule
  return {
    lengthMin: Math.max(rule.lengthMin, houseRule.lengthMin),
    fourKinds: rule.fourKinds || houseRule.fourKinds,
    uncommon: rule.uncommon || houseRule.uncommon,
    impersonal: houseRule.impersonal || rule.impersonal,
  }
}

type Person = Partial<Pick<User, 'email' | 'username' | 'firstName' | 'lastName'>>

/** Any Unicode, NFC, counted in code points, never cut. Length comes first, so that nothing longer is ever hashed. */
export function parseNewPassword(
  sent: string,
  rule: PasswordRule,
  person: Person,
  isCommon: (password: string) => boolean,
): Parsed<NewPassword> {
  const given = parseGivenPassword(sent)
  if ('flaw' in given) return given
  const password = given.value
  const length = lengthOf(password)
  if (length < rule.lengthMin) return { flaw: { flaw: 'too_short', min: rule.lengthMin, length } }
  const lacks = [
    ...(rule.fourKinds ? missingKinds(password) : []),
    ...(rule.uncommon && isCommon(password) ? (['uncommon'] as const) : []),
    ...(isPersonal(password, rule, person) ? (['impersonal'] as const) : []),
  ]
  return lacks.length > 0 ? { flaw: { flaw: 'weak_password', lacks } } : { value: password as NewPassword }
}

/** A password as somebody typed it to prove who they are: bounded and NFC, nothing more. */
export function parseGivenPassword(sent: string): Parsed<string> {
  const tooLong = (length: number): { flaw: Flaw } => ({
    flaw: { flaw: 'too_long', max: limits.passwordLengthMax, length },
  })
  if (sent.length > limits.passwordLengthMax * 8) return tooLong(lengthOf(sent))
  if (!sent.isWellFormed() || sent.includes('\0')) return { flaw: { flaw: 'forbidden_characters' } }
  const value = sent.normalize('NFC')
  const length = lengthOf(value)
  return length > limits.passwordLengthMax ? tooLong(length) : { value }
}

function missingKinds(password: string): PasswordLack[] {
  const kinds: [PasswordLack, RegExp][] = [
    ['upper', /\p{Lu}|\p{Lt}/u],
    ['lower', /\p{Ll}/u],
    ['digit', /\p{Nd}/u],
    ['symbol', /[^\p{L}\p{M}\p{N}\s]/u],
  ]
  return kinds.filter(([, kind]) => !kind.test(password)).map(([lack]) => lack)
}

function isPersonal(password: string, { impersonal }: PasswordRule, person: Person): boolean {
  if (impersonal === 'as a whole') return isTheirName(password, person)
  return impersonal && namesThePerson(password, person)
}

function isTheirName(password: string, { email, username, firstName, lastName }: Person): boolean {
  const names = [firstName, lastName].filter((name) => typeof name === 'string')
  const whole = [...names, names.join(''), email ?? '', username ?? ''].map(bare)
  return bare(password) !== '' && whole.includes(bare(password))
}

/** `john_doe` and `John Doe` are one name. */
function bare(text: string): string {
  return canonical(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

function namesThePerson(password: string, { email, username, firstName, lastName }: Person): boolean {
  const folded = canonical(password)
  const names = [firstName, lastName].flatMap((name) => name?.split(/\s+/u) ?? [])
  const parts = [...names, username ?? '', email?.split('@')[0] ?? '']
  return parts.some((part) => lengthOf(part) >= limits.personalPartLengthMin && folded.includes(canonical(part)))
}
