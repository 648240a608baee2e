import { json } from './answer.ts'
import type { ProblemBook } from './phrasebook.ts'

/** How the server itself says no, where no contract is mounted. */
export const plainRefusals = {
  unauthenticated: () => no(401, 'unauthenticated', { 'www-authenticate': 'Bearer' }),
  account_inactive: () => no(403, 'account_inactive'),
  not_allowed: () => no(403, 'not_allowed'),
  not_in_person: () => no(403, 'not_in_person'),
  own_record: () => no(403, 'own_record'),
  no_such_route: () => no(404, 'no_such_route'),
  method_not_allowed: ({ allow }) => no(405, 'method_not_allowed', { allow: allow.join(', ') }),
  bad_path: () => no(400, 'bad_path'),
  bad_idempotency_key: () => no(400, 'bad_idempotency_key'),
  idempotency_key_reused: () => no(422, 'idempotency_key_reused'),
  bad_request: () => no(400, 'bad_request'),
  headers_too_large: () => no(431, 'headers_too_large'),
  request_timeout: () => no(408, 'request_timeout'),
  unsupported_media_type: () => no(415, 'unsupported_media_type'),
  body_too_large: () => no(413, 'body_too_large'),
  file_too_large: () => no(413, 'file_too_large'),
  unreadable_form: () => no(400, 'unreadable_form'),
  unreadable_json: () => no(400, 'unreadable_json'),
  json_too_deep: () => no(400, 'json_too_deep'),
  unreadable_csv: () => no(400, 'unreadable_csv'),
  rate_limited: ({ retryAfterSeconds }) => no(429, 'rate_limited', { 'retry-after': String(retryAfterSeconds) }),
  unavailable: ({ retryAfterSeconds }) => no(503, 'unavailable', { 'retry-after': String(retryAfterSeconds) }),
  forbidden_origin: () => no(403, 'forbidden_origin'),
  fault: () => no(500, 'fault'),
} satisfies ProblemBook

function no(status: number, code: string, headers: Readonly<Record<string, string>> = {}) {
  return json(status, { error: { code: code.toUpperCase() }, status }, headers)
}
