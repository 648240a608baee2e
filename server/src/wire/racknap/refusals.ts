import type { Fault, PasswordLack, RefusalOf } from '../../core/refusals.ts'
import { type Answer, type Headers, json } from '../../http/answer.ts'
import type { Said } from '../../http/contract.ts'
import type { Phrasebook } from '../../http/phrasebook.ts'
import { second } from './present.ts'

interface Detail {
  readonly field: string
  readonly message: string
}

function no(status: number, code: string, message: string, details?: readonly Detail[], headers?: Headers): Answer {
  const error = { code, type: code, message, ...(details === undefined ? {} : { details }) }
  return json(status, { success: false, error }, headers)
}

/** `meta` stands behind what the phrasebook says. */
export function stamp(refusal: Answer, { atMs, requestId }: Said): Answer {
  if (typeof refusal.body !== 'string') return refusal
  const meta = JSON.stringify({ timestamp: second(atMs), requestId })
  return { ...refusal, body: `${refusal.body.slice(0, -1)},"meta":${meta}}` }
}

const later = (seconds: number): Headers => ({ 'retry-after': String(seconds) })
const challenge: Headers = { 'www-authenticate': 'Bearer' }

/** `{"success":false,"error":{"code","type","message","details"?},"meta":{"timestamp","requestId"}}`, without its `meta`. */
export const refusals = {
  unauthenticated: () => no(401, 'UNAUTHENTICATED', 'Authentication is required', undefined, challenge),
  account_inactive: () => no(403, 'ACCOUNT_INACTIVE', 'The account is not active'),
  wrong_credentials: () => no(401, 'INVALID_CREDENTIALS', 'The email or the password is wrong', undefined, challenge),
  not_allowed: () => no(403, 'UNAUTHORIZED', 'Your role does not allow this'),
  not_in_person: () => no(403, 'UNAUTHORIZED', 'This takes somebody who has signed in themselves'),
  own_record: () => no(403, 'UNAUTHORIZED', 'Nobody may do this to themselves'),
  invalid: ({ faults }) => invalid(faults),
  user_not_found: () => no(404, 'USER_NOT_FOUND', 'User not found'),
  organization_not_found: () => no(404, 'ORGANIZATION_NOT_FOUND', 'Organization not found'),
  unsupported_image: ({ kinds }) => no(415, 'UNSUPPORTED_MEDIA_TYPE', `The image must be a ${kinds.join(' or ')}`),
  unprocessable_image: ({ because }) => no(422, 'UNPROCESSABLE_IMAGE', unprocessable[because]),
  file_rejected: () => no(422, 'FILE_REJECTED', 'The file was rejected by the virus scanner'),
  avatar_not_found: () => no(404, 'IMAGE_NOT_FOUND', 'The user has no profile image'),
  email_taken: () => no(409, 'EMAIL_EXISTS', 'A user with this email exists already', taken('email')),
  username_taken: () => no(409, 'USERNAME_EXISTS', 'A user with this username exists already', taken('username')),
  stale: () => no(412, 'PRECONDITION_FAILED', 'Somebody else has changed this user since'),
  last_admin: () => no(409, 'LAST_ADMIN', 'The last active admin cannot be deactivated or deleted'),
  wrong_current_password: () =>
    no(400, 'INVALID_PASSWORD', 'The current password is wrong', [
      { field: 'currentPassword', message: 'The current password is wrong' },
    ]),
  filter_too_slow: () =>
    no(400, 'VALIDATION_ERROR', 'Validation failed', [
      { field: '$filter', message: '$filter takes too long; ask for less' },
    ]),
  registration_closed: () => no(403, 'REGISTRATION_CLOSED', 'Accounts are made by admins only'),
  nothing_to_verify: ({ because }) => nothingToVerify[because](),
  not_invitable: ({ because }) => notInvitable[because](),
  sent_just_now: ({ retryAfterSeconds }) => tooMany('The email was sent just now; try again later', retryAfterSeconds),
  too_many_guesses: ({ retryAfterSeconds }) => tooMany('Too many wrong passwords; try again later', retryAfterSeconds),
  busy: ({ retryAfterSeconds }) => unavailable(retryAfterSeconds),

  no_such_route: () => no(404, 'NOT_FOUND', 'There is nothing at this address'),
  method_not_allowed: ({ allow }) =>
    no(405, 'METHOD_NOT_ALLOWED', `Only ${allow.join(', ')} work here`, undefined, { allow: allow.join(', ') }),
  bad_path: () => no(400, 'VALIDATION_ERROR', 'The address of this request cannot be read'),
  bad_idempotency_key: ({ max }) =>
    no(400, 'VALIDATION_ERROR', `Idempotency-Key must be 1 to ${max} visible ASCII characters`),
  idempotency_key_reused: () =>
    no(422, 'IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key stands for another request; use a new one'),
  bad_request: () => no(400, 'VALIDATION_ERROR', 'This is not a request that can be read'),
  headers_too_large: ({ maxBytes }) =>
    no(431, 'HEADERS_TOO_LARGE', `The headers of a request must be smaller than ${maxBytes} bytes`),
  request_timeout: () => no(408, 'REQUEST_TIMEOUT', 'The request took too long to arrive'),
  unsupported_media_type: ({ expected }) =>
    no(415, 'UNSUPPORTED_MEDIA_TYPE', `The body must be ${expected.join(' or ')}`),
  body_too_large: ({ maxBytes }) => no(413, 'BODY_TOO_LARGE', `The body must not be larger than ${maxBytes} bytes`),
  file_too_large: ({ maxBytes }) =>
    no(413, 'FILE_TOO_LARGE', `The file must not be larger than ${maxBytes / 1024 ** 2} MB`),
  unreadable_form: () => no(400, 'VALIDATION_ERROR', 'The body is not a form with one file in it'),
  unreadable_json: () => no(400, 'VALIDATION_ERROR', 'The body is not valid JSON'),
  json_too_deep: ({ max }) => no(400, 'VALIDATION_ERROR', `The body must not be nested more than ${max} levels deep`),
  unreadable_csv: () => no(400, 'VALIDATION_ERROR', 'The body is not valid CSV'),
  rate_limited: ({ retryAfterSeconds }) => tooMany('Too many requests; try again later', retryAfterSeconds),
  unavailable: ({ retryAfterSeconds }) => unavailable(retryAfterSeconds),
  forbidden_origin: () =>
    no(403, 'FORBIDDEN_ORIGIN', 'Requests that come by way of a proxy or under a foreign host name are not taken here'),
  fault: () => no(500, 'INTERNAL_ERROR', 'Something went wrong on the server'),
} satisfies Partial<Phrasebook>

const unprocessable: Readonly<Record<RefusalOf<'unprocessable_image'>['because'], string>> = {
  undecodable: 'The image cannot be decoded',
  too_large: 'The image has too many pixels',
  too_slow: 'The image takes too long to decode',
}

const nothingToVerify: Readonly<Record<RefusalOf<'nothing_to_verify'>['because'], () => Answer>> = {
  verified: () => no(409, 'ALREADY_VERIFIED', 'The email is verified already'),
  no_address: () => noEmail(),
  inactive: () => inactive(),
}

const notInvitable: Readonly<Record<RefusalOf<'not_invitable'>['because'], () => Answer>> = {
  not_pending: () => no(409, 'ALREADY_ACCEPTED', 'Only whoever is pending can be invited'),
  invited: () => no(409, 'ALREADY_INVITED', 'The user has an invitation that can still be accepted'),
  no_email: () => noEmail(),
}

function noEmail(): Answer {
  return no(409, 'NO_EMAIL', 'The user has no email')
}

function inactive(): Answer {
  return no(409, 'USER_INACTIVE', 'The user is inactive')
}

function taken(field: string): Detail[] {
  return [{ field, message: `${labelOf(field)} exists already` }]
}

function tooMany(message: string, seconds: number): Answer {
  return no(429, 'RATE_LIMIT_EXCEEDED', message, undefined, later(seconds))
}

function unavailable(seconds: number): Answer {
  return no(503, 'UNAVAILABLE', 'The service cannot do this right now; try again shortly', undefined, later(seconds))
}

function invalid(faults: readonly Fault[]): Answer {
  const isWeakOnly = faults.length > 0 && faults.every(isWeakPassword)
  const details = faults.flatMap(detailsOf)
  return isWeakOnly
    ? no(400, 'WEAK_PASSWORD', 'The password is too weak', details)
    : no(400, 'VALIDATION_ERROR', 'Validation failed', details)
}

function isWeakPassword({ field, flaw }: Fault): boolean {
  return flaw === 'weak_password' || (flaw === 'too_short' && /password$/i.test(field))
}

function detailsOf(asCoreSays: Fault): Detail[] {
  const field = asCoreSays.field === 'avatar' ? 'image' : asCoreSays.field
  const fault = { ...asCoreSays, field }
  if (fault.flaw !== 'weak_password') return [{ field, message: sentence(fault) }]
  return fault.lacks.map((lack) => ({ field, message: `${labelOf(field)} ${passwordLacks[lack]}` }))
}

const passwordLacks: Readonly<Record<PasswordLack, string>> = {
  upper: 'must contain an uppercase letter',
  lower: 'must contain a lowercase letter',
  digit: 'must contain a number',
  symbol: 'must contain a symbol',
  uncommon: 'is among the most common passwords',
  impersonal: "must not be the user's own name, username or email",
}

function sentence(fault: Exclude<Fault, { flaw: 'weak_password' }>): string {
  const name = labelOf(fault.field)
  switch (fault.flaw) {
    case 'missing':
    case 'blank':
      return fault.field === '' ? 'At least one field is required' : `${name} is required`
    case 'unknown_field':
      return `${name} is not known here`
    case 'repeated':
      return `${name} must be given once`
    case 'unreadable':
      return `At character ${fault.position}: ${fault.trouble}`
    case 'wrong_type':
      return `${name} must be of type ${fault.expected}`
    case 'not_one_of':
      return `${name} must be one of: ${fault.values.join(', ')}`
    case 'too_short':
      return `${name} must be at least ${fault.min} characters`
    case 'too_long':
      return `${name} must be at most ${fault.max} characters`
    case 'out_of_range':
      return `${name} must be between ${fault.min} and ${fault.max}`
    case 'forbidden_characters':
      return `${name} contains characters that are not allowed`
    case 'bad_email':
      return `${name} is not a valid email`
    case 'bad_username':
      return `${name} cannot be used`
    default:
      return `${name} is not valid`
  }
}

/** `firstName` → `First name`; options of a query keep their `$`. */
function labelOf(field: string): string {
  if (field === '') return 'The body'
  if (field.startsWith('$')) return field
  const words = field.replace(/[A-Z]+/g, (capitals) => ` ${capitals.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
