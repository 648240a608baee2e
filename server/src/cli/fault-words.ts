import type { Fault, PasswordLack } from '../core/refusals.ts'

const fields: Readonly<Record<string, string>> = {
  email: 'e-mail address',
  username: 'username',
  password: 'password',
  firstName: 'first name',
  lastName: 'last name',
}

const lacking: Readonly<Record<PasswordLack, string>> = {
  upper: 'has no upper-case letter',
  lower: 'has no lower-case letter',
  digit: 'has no digit',
  symbol: 'has no symbol',
  uncommon: 'is one that many people use',
  impersonal: 'contains a part of the name or the e-mail address',
}

/** What is wrong with one value of a new user, without repeating it. */
export function faultInWords(fault: Fault): string {
  return `The ${fields[fault.field] ?? fault.field} ${flawInWords(fault)}.`
}

function flawInWords(fault: Fault): string {
  switch (fault.flaw) {
    case 'missing':
    case 'blank':
      return 'is missing'
    case 'too_short':
      return `is too short: ${fault.length} characters, where ${fault.min} are the least`
    case 'too_long':
      return `is too long: ${fault.length} characters, where ${fault.max} are the most`
    case 'forbidden_characters':
      return 'has characters that cannot be kept, such as control characters'
    case 'bad_email':
      return 'is not a valid one'
    case 'weak_password':
      return `is too weak: it ${fault.lacks.map((lack) => lacking[lack]).join(', ')}`
    default:
      return `is not acceptable (${fault.flaw})`
  }
}
