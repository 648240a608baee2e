import type { Fault } from '../../core/refusals.ts'
import { type Headers, text } from '../../http/answer.ts'
import type { Phrasebook } from '../../http/phrasebook.ts'
import { printable } from '../../http/printable.ts'

const later = (seconds: number): Headers => ({ 'retry-after': String(seconds) })

/** Bare text: the product's own words where it has some, else the phrase of the status. Never its `text/html`, for texts echo what was sent. */
export const refusals = {
  unauthenticated: () => text(401, 'Unauthorized', { 'www-authenticate': 'Bearer' }),
  account_inactive: () => text(403, 'Forbidden'),
  not_allowed: () => text(403, 'Forbidden'),
  not_in_person: () => text(403, 'Forbidden'),
  own_record: () => text(403, 'Forbidden'),
  invalid: ({ faults }) => text(400, firstOf(faults)),
  user_not_found: ({ wanted }) => text(404, `User not found: ${printable(wanted)}`),
  email_taken: () => text(409, 'email already exists'),
  username_taken: () => text(409, 'username already exists'),
  last_admin: () => text(409, 'last admin'),
  stale: () => text(412, 'Precondition Failed'),
  busy: ({ retryAfterSeconds }) => text(503, 'Service Unavailable', later(retryAfterSeconds)),

  no_such_route: () => text(404, 'Not Found'),
  method_not_allowed: ({ allow }) => text(405, 'Method Not Allowed', { allow: allow.join(', ') }),
  bad_path: () => text(400, 'Bad Request'),
  bad_idempotency_key: () => text(400, 'Bad Request'),
  idempotency_key_reused: () => text(422, 'Unprocessable Entity'),
  bad_request: () => text(400, 'Bad Request'),
  headers_too_large: () => text(431, 'Request Header Fields Too Large'),
  request_timeout: () => text(408, 'Request Timeout'),
  unsupported_media_type: ({ expected }) => text(415, `Content-Type should be ${expected.join(' or ')}`),
  body_too_large: () => text(413, 'request entity too large'),
  file_too_large: () => text(413, 'request entity too large'),
  unreadable_form: () => text(400, 'data should be a form'),
  unreadable_json: () => text(400, 'data should be JSON'),
  json_too_deep: ({ max }) => text(400, `data should NOT be deeper than ${max} levels`),
  unreadable_csv: () => text(400, 'data should be CSV'),
  rate_limited: ({ retryAfterSeconds }) => text(429, 'Too Many Requests', later(retryAfterSeconds)),
  unavailable: ({ retryAfterSeconds }) => text(503, 'Service Unavailable', later(retryAfterSeconds)),
  forbidden_origin: () => text(403, 'Forbidden'),
  fault: () => text(500, 'Internal Server Error'),
} satisfies Partial<Phrasebook>

/** The product begins this one with a small letter where it is asked for a status. */
export const statusRefusals = {
  ...refusals,
  user_not_found: ({ wanted }) => text(404, `user not found: ${printable(wanted)}`),
} satisfies Partial<Phrasebook>

/**
 * The product names one fault at a time: its validator goes field by field, then it looks at the properties it does not know, and last at whether
 * the username will do.
 */
function firstOf(faults: readonly Fault[]): string {
  const [first] = faults.toSorted((one, other) => turnOf(one) - turnOf(other))
  return first === undefined ? 'Bad Request' : sentence(first)
}

const turns = ['', 'start', 'count', 'firstname', 'lastname', 'username', 'email', 'redirectUri']

function turnOf(fault: Fault): number {
  if (fault.flaw === 'unknown_field') return turns.length
  if (isBadUsername(fault)) return turns.length + 1
  const turn = turns.indexOf(propertyOf(fault))
  return turn === -1 ? turns.length + 2 : turn
}

function isBadUsername({ field, flaw }: Fault): boolean {
  return field === 'username' && flaw !== 'missing' && flaw !== 'wrong_type'
}

/** ajv 6 speaks of `data.firstname`. */
function sentence(fault: Fault): string {
  if (fault.flaw === 'unknown_field') return 'one or more properties is invalid'
  if (isBadUsername(fault)) return 'invalid username'
  const property = propertyOf(fault)
  if (property === 'start') return 'Cursor must be integer'
  if (property === 'count') return 'count must be integer'
  const data = property === '' ? 'data' : `data.${property}`
  switch (fault.flaw) {
    case 'missing':
      return `data should have required property '${property}'`
    case 'wrong_type':
      return `${data} should be ${fault.expected}`
    case 'too_long':
      return `${data} should NOT be longer than ${fault.max} characters`
    case 'too_short':
      return `${data} should NOT be shorter than ${fault.min} characters`
    default:
      return `${data} should match format "${formats[property] ?? 'text'}"`
  }
}

const formats: Readonly<Record<string, string>> = { email: 'email', redirectUri: 'uri' }

/** The property in which the contract carries a field of the core. */
function propertyOf({ field }: Fault): string {
  return field === 'firstName' || field === 'lastName' ? field.toLowerCase() : field
}
