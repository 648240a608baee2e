import type { Fault } from '../../core/refusals.ts'
import { type Answer, empty, json } from '../../http/answer.ts'
import { passwordDemands } from '../../http/password-demands.ts'
import type { Phrasebook } from '../../http/phrasebook.ts'

/** A no has no body, but for what is wrong with what was sent. */
export const refusals = {
  unauthenticated: () => unauthorized(),
  account_inactive: () => unauthorized(),
  wrong_credentials: () => unauthorized(),
  not_allowed: () => empty(403),
  not_in_person: () => empty(403),
  own_record: () => empty(403),
  invalid: ({ faults }) => wrong(textsOf(faults)),
  user_not_found: () => empty(404),
  email_taken: () => empty(409),
  username_taken: () => empty(409),
  last_admin: () => empty(409),
  password_unchanged: () => empty(409),
  stale: () => empty(412),
  too_many_guesses: ({ retryAfterSeconds }) => later(429, retryAfterSeconds),
  busy: ({ retryAfterSeconds }) => later(503, retryAfterSeconds),

  no_such_route: () => empty(404),
  method_not_allowed: ({ allow }) => empty(405, { allow: allow.join(', ') }),
  bad_path: () => wrong(['The address of this request cannot be read.']),
  bad_idempotency_key: ({ max }) => wrong([`'Idempotency-Key' must be 1 to ${max} visible ASCII characters.`]),
  idempotency_key_reused: () => empty(422),
  bad_request: () => wrong(['This is not a request that can be read.']),
  headers_too_large: () => empty(431),
  request_timeout: () => empty(408),
  unsupported_media_type: () => empty(415),
  body_too_large: () => empty(413),
  file_too_large: () => empty(413),
  unreadable_form: () => wrong(['The request body is not a valid form.']),
  unreadable_json: () => wrong(['The request body is not valid JSON.']),
  json_too_deep: ({ max }) => wrong([`The request body must not be nested more than ${max} levels deep.`]),
  unreadable_csv: () => wrong(['The request body is not valid CSV.']),
  rate_limited: ({ retryAfterSeconds }) => later(429, retryAfterSeconds),
  unavailable: ({ retryAfterSeconds }) => later(503, retryAfterSeconds),
  forbidden_origin: () => empty(403),
  fault: () => empty(500),
} satisfies Partial<Phrasebook>

function unauthorized(): Answer {
  return empty(401, { 'www-authenticate': 'Bearer' })
}

function later(status: 429 | 503, seconds: number): Answer {
  return empty(status, { 'retry-after': String(seconds) })
}

function wrong(errors: readonly string[]): Answer {
  return json(400, { message: 'Validation Error', errors })
}

/** Field by field in the product's order, each text once. */
function textsOf(faults: readonly Fault[]): string[] {
  const inTurn = faults.toSorted((one, other) => turnOf(one) - turnOf(other))
  return [...new Set(inTurn.map(textOf))]
}

const turns = ['', 'email', 'password', 'newPassword', 'type', 'status']

function turnOf({ field, flaw }: Fault): number {
  const turn = turns.indexOf(field)
  return (turn === -1 ? turns.length : turn) * 2 + (flaw === 'blank' ? 0 : 1)
}

function textOf(fault: Fault): string {
  const name = names[fault.field] ?? fault.field
  switch (fault.flaw) {
    case 'missing':
      return missing[fault.field] ?? `'${name}' must not be empty.`
    case 'blank':
      return `'${name}' must not be empty.`
    case 'too_short':
      return `The length of '${name}' must be at least ${fault.min} characters. You entered ${fault.length} characters.`
    case 'too_long':
      if (name === 'Email') return notAnEmail
      return `The length of '${name}' must be ${fault.max} characters or fewer. You entered ${fault.length} characters.`
    case 'bad_email':
      return notAnEmail
    case 'weak_password':
      return `'${name}' must ${fault.lacks.map((lack) => passwordDemands[lack]).join(', ')}.`
    case 'wrong_type':
      return fault.field === '' ? 'The request body must be a JSON object.' : `'${name}' must be a ${fault.expected}.`
    default:
      return `'${name}' holds something that cannot be used.`
  }
}

const notAnEmail = "'Email' is not a valid email address."

const names: Readonly<Record<string, string>> = { email: 'Email', password: 'Password', newPassword: 'Password' }

const missing: Readonly<Record<string, string>> = {
  type: "'Type' must not be empty when 'Status' is empty and only accepts the following values: 'User', 'Admin'",
  status: "'Status' must not be empty when 'Type' is empty and only accepts the following values: 'Active', 'Inactive'",
}
