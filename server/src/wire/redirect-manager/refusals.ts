import type { Fault } from '../../core/refusals.ts'
import { type Answer, type Headers, json } from '../../http/answer.ts'
import { passwordDemands } from '../../http/password-demands.ts'
import type { Phrasebook } from '../../http/phrasebook.ts'
import { printable } from '../../http/printable.ts'

/** `{"code","message","error":{"code","message"}}`, in the product's words where it has them. */
export const refusals = {
  unauthenticated: ({ token }) => unauthorized(badTokens[token]),
  account_inactive: () => unauthorized(badTokens.over),
  wrong_credentials: () => unauthorized('Invalid credentials'),
  wrong_current_password: () => unauthorized('Invalid credentials'),
  session_over: ({ because }) =>
    because === 'spent'
      ? no(401, 'REFRESH_TOKEN_REUSE_DETECTED', 'Refresh token reuse detected', challenge)
      : unauthorized('Invalid refresh token'),
  not_allowed: () => forbidden('Insufficient permissions: required role not met'),
  not_in_person: () => forbidden('Insufficient token scope'),
  own_record: ({ needs }) =>
    forbidden(needs === 'users:delete' ? 'You cannot delete your own account' : 'You cannot change your own role'),
  invalid: ({ faults }) => bad(faults.filter(isOfHere).map(textOf).join(', ')),
  user_not_found: ({ wanted }) => no(404, 'NOT_FOUND', `User with id ${printable(wanted)} not found.`),
  username_taken: () => conflict('User with this username already exists.'),
  email_taken: () => conflict('User with this username already exists.'),
  last_admin: () => conflict('The last active admin cannot be demoted or deleted.'),
  stale: () => no(412, 'PRECONDITION_FAILED', 'Somebody else has changed this user since.'),
  too_many_guesses: ({ retryAfterSeconds }) => tooMany('Too many wrong passwords', retryAfterSeconds),
  busy: ({ retryAfterSeconds }) => unavailable(retryAfterSeconds),

  no_such_route: () => no(404, 'NOT_FOUND', 'There is nothing at this address'),
  method_not_allowed: ({ allow }) => no(405, 'METHOD_NOT_ALLOWED', 'Method Not Allowed', { allow: allow.join(', ') }),
  bad_path: () => bad('the address cannot be read'),
  bad_idempotency_key: ({ max }) => bad(`Idempotency-Key must be 1 to ${max} visible ASCII characters`),
  idempotency_key_reused: () => no(422, 'IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key stands for another request'),
  bad_request: () => bad('this is not a request that can be read'),
  headers_too_large: ({ maxBytes }) =>
    no(431, 'HEADERS_TOO_LARGE', `The headers of a request must be smaller than ${maxBytes} bytes`),
  request_timeout: () => no(408, 'REQUEST_TIMEOUT', 'The request took too long to arrive'),
  unsupported_media_type: ({ expected }) =>
    no(415, 'UNSUPPORTED_MEDIA_TYPE', `The body must be ${expected.join(' or ')}`),
  body_too_large: ({ maxBytes }) => no(413, 'BODY_TOO_LARGE', `The body must not be larger than ${maxBytes} bytes`),
  file_too_large: ({ maxBytes }) => no(413, 'FILE_TOO_LARGE', `A file must not be larger than ${maxBytes} bytes`),
  unreadable_form: () => bad('the body is not a valid form'),
  unreadable_json: () => bad('the body is not valid JSON'),
  json_too_deep: ({ max }) => bad(`the body must not be nested more than ${max} levels deep`),
  unreadable_csv: () => bad('the body is not valid CSV'),
  rate_limited: ({ retryAfterSeconds }) => tooMany('Too many requests', retryAfterSeconds),
  unavailable: ({ retryAfterSeconds }) => unavailable(retryAfterSeconds),
  forbidden_origin: () =>
    forbidden('Requests that come by way of a proxy or under a foreign host name are not taken here'),
  fault: () => no(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'),
} satisfies Partial<Phrasebook>

/** The product names whom it has already. */
export function usernameTaken(username: string): Answer {
  return conflict(`User with this username ${printable(username)} already exists.`)
}

export function forbidden(message: string): Answer {
  return no(403, 'FORBIDDEN', message)
}

export function unauthorized(message: string): Answer {
  return no(401, 'AUTHENTICATION_FAILED', message, challenge)
}

const challenge: Headers = { 'www-authenticate': 'Bearer' }

const badTokens = {
  none: 'No token provided',
  malformed: 'Invalid token format',
  over: 'Invalid or expired token',
} as const

function no(status: number, code: string, message: string, headers: Headers = {}): Answer {
  return json(status, { code, message, error: { code, message } }, headers)
}

function bad(what: string): Answer {
  return no(400, 'BAD_REQUEST', `Invalid request data: ${what}`)
}

function conflict(message: string): Answer {
  return no(409, 'CONFLICT', message)
}

function tooMany(message: string, seconds: number): Answer {
  return no(429, 'TOO_MANY_REQUESTS', message, { 'retry-after': String(seconds) })
}

function unavailable(seconds: number): Answer {
  return no(503, 'SERVICE_UNAVAILABLE', 'The service cannot do this right now', { 'retry-after': String(seconds) })
}

/** Elsewhere an e-mail address does as well as a username; here nobody can send one. */
function isOfHere({ field }: Fault): boolean {
  return field !== 'email'
}

function textOf(fault: Fault): string {
  const { field } = fault
  const name = field === 'currentPassword' ? 'password' : field === '' ? 'the body' : field
  switch (fault.flaw) {
    case 'missing':
      return `${name} is required`
    case 'blank':
      return `${name} must not be empty`
    case 'wrong_type':
      return `${name} must be ${article(fault.expected)} ${fault.expected}`
    case 'not_one_of':
      return `${name} must be one of ${fault.values.join(', ')}`
    case 'too_short':
      return `${name} must be at least ${fault.min} characters long`
    case 'too_long':
      return `${name} must be at most ${fault.max} characters long`
    case 'out_of_range':
      return `${name} must be between ${fault.min} and ${fault.max}`
    case 'weak_password':
      return fault.lacks.map((lack) => `${name} must ${passwordDemands[lack]}`).join(', ')
    case 'bad_username':
      return `${name} cannot be used`
    case 'bad_cursor':
      return `${name} is none that was given out here`
    case 'forbidden_characters':
      return `${name} holds characters that cannot be used`
    case 'repeated':
      return `${name} must be sent once`
    default:
      return `${name} is invalid`
  }
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a'
}
