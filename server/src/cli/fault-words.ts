import type { Fault, HashCost, PasswordLack } from '../core/refusals.ts'

const fields: Readonly<Record<string, string>> = {
  email: 'e-mail address',
  username: 'username',
  password: 'password',
  firstName: 'first name',
  lastName: 'last name',
  passwordHash: 'password hash',
  role: 'role',
  status: 'status',
  attributes: 'attributes',
}

const lacking: Readonly<Record<PasswordLack, string>> = {
  upper: 'has no upper-case letter',
  lower: 'has no lower-case letter',
  digit: 'has no digit',
  symbol: 'has no symbol',
  uncommon: 'is one that many people use',
  impersonal: 'contains a part of the name or the e-mail address',
}

const costs: Readonly<Record<HashCost, (max: number) => string>> = {
  argon2_kib: (max) => `${max} KiB of memory are the most`,
  argon2_kib_passes: (max) => `${max} KiB of memory in all passes are the most`,
  bcrypt_cost: (max) => `a cost of ${max} is the most`,
  scrypt_bytes: (max) => `${max} bytes of memory in all lanes are the most`,
  pbkdf2_rounds: (max) => `${max} rounds in all blocks are the most`,
  phpass_rounds: (max) => `2 to the power of ${max} rounds are the most`,
}

/** What is wrong with one value of a new user, or with the whole line of them that somebody sent, without repeating it. */
export function faultInWords(fault: Fault): string {
  if (fault.flaw === 'unknown_field') return `${called(fault.field)} is not known.`
  const what = fault.field === '' ? 'line' : (fields[fault.field] ?? `field ${fault.field}`)
  return `The ${what} ${flawInWords(fault)}.`
}

/** The name of a field is repeated where it looks like one, and not like something about a person. */
function called(field: string): string {
  return isNameOfField(field) ? `The field ${field}` : 'A field'
}

export function isNameOfField(field: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/.test(field)
}

function flawInWords(fault: Fault): string {
  const unit = fault.field === '' || fault.field === 'attributes' ? 'bytes' : 'characters'
  switch (fault.flaw) {
    case 'missing':
    case 'blank':
      return 'is missing'
    case 'too_short':
      return `is too short: ${fault.length} ${unit}, where ${fault.min} are the least`
    case 'too_long':
      return `is too long: ${fault.length} ${unit}, where ${fault.max} are the most`
    case 'too_many':
      return `has more than ${fault.max} parts`
    case 'too_deep':
      return `is nested more than ${fault.max} levels deep`
    case 'wrong_type':
      return fault.field === '' ? `is not ${fault.expected}` : `is not of type ${fault.expected}`
    case 'not_one_of':
      return `is none of ${fault.values.join(', ')}`
    case 'forbidden_characters':
      return 'has characters that cannot be kept, such as control characters'
    case 'bad_email':
    case 'bad_username':
    case 'bad_url':
    case 'bad_slug':
    case 'bad_language':
    case 'bad_timezone':
      return 'is not a valid one'
    case 'weak_password':
      return `is too weak: it ${fault.lacks.map((lack) => lacking[lack]).join(', ')}`
    case 'out_of_range':
      return `is not between ${fault.min} and ${fault.max}`
    case 'repeated':
      return 'comes twice'
    case 'bad_picture':
      return 'is none that a directory like this one makes of what people upload'
    case 'unknown_organization':
      return 'names an organization that is not there'
    case 'taken':
      return 'is somebody else’s'
    case 'bad_id':
      return 'is not a UUID'
    case 'bad_instant':
      return 'is not a date and time of ISO 8601'
    case 'unknown_hash':
      return 'is of no form that can be verified'
    case 'costly_hash':
      return `would cost too much to verify: ${costs[fault.cost](fault.max)}`
    default:
      return `is not acceptable (${fault.flaw})`
  }
}
