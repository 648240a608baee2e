import type { IntoRefusal } from '../../core/invitations/invite-into.ts'
import { limits } from '../../core/limits.ts'
import type {
  EntryRefusal,
  Fault,
  Flaw,
  OperationRefusal,
  PasskeyTrouble,
  PasswordLack,
  RefusalOf,
  RefusedOperation,
} from '../../core/refusals.ts'
import { type Answer, type Headers, json } from '../../http/answer.ts'
import { type Phrasebook, type ProblemOf, phrase } from '../../http/phrasebook.ts'

interface Detail {
  readonly field: string
  readonly message: string
}

function no(status: number, code: string, message: string, details?: readonly Detail[], headers?: Headers): Answer {
  return json(status, { error: details ? { code, message, details } : { code, message }, status }, headers)
}

const later = (seconds: number): Headers => ({ 'retry-after': String(seconds) })

/** `{"error":{"code","message","details"?},"status"}`, in the document's words where it has them. */
export const refusals = {
  unauthenticated: () =>
    no(401, 'UNAUTHORIZED', 'Authentication is required', undefined, { 'www-authenticate': 'Bearer' }),
  account_inactive: () => no(403, 'ACCOUNT_INACTIVE', 'User account is inactive'),
  not_allowed: () => no(403, 'INSUFFICIENT_PERMISSIONS', 'User lacks required permissions'),
  not_in_person: () => no(403, 'INSUFFICIENT_PERMISSIONS', 'This takes somebody who has signed in themselves'),
  own_record: () => no(403, 'INSUFFICIENT_PERMISSIONS', 'Nobody may do this to themselves'),
  invalid: ({ faults }) => invalid(faults),
  user_not_found: () => no(404, 'USER_NOT_FOUND', 'User does not exist'),
  email_taken: () =>
    no(409, 'EMAIL_ALREADY_EXISTS', 'Email address already registered', [
      { field: 'email', message: 'Email address already registered' },
    ]),
  username_taken: () =>
    no(409, 'USERNAME_ALREADY_EXISTS', 'Username already taken', [
      { field: 'username', message: 'Username already taken' },
    ]),
  id_taken: () =>
    no(409, 'ID_ALREADY_EXISTS', 'Id is taken already', [{ field: 'id', message: 'Id is taken already' }]),
  not_impersonable: ({ because }) => no(403, 'NOT_IMPERSONABLE', notImpersonable[because]),
  api_token_not_found: () => no(404, 'NOT_FOUND', 'There is no such API token'),
  too_many_api_tokens: ({ max }) => no(409, 'TOO_MANY_TOKENS', `Nobody has more than ${max} API tokens at a time`),
  last_admin: () => no(409, 'LAST_ADMIN', 'The last active admin cannot be demoted, deactivated or deleted'),
  organization_not_found: () => no(404, 'NOT_FOUND', 'There is no such organization'),
  organization_stale: () =>
    no(412, 'PRECONDITION_FAILED', 'Somebody else has changed this organization since you read it'),
  member_not_found: () => no(404, 'NOT_FOUND', 'There is no such member'),
  slug_taken: () =>
    no(409, 'SLUG_ALREADY_EXISTS', 'Another organization has this slug', [
      { field: 'slug', message: 'Another organization has this slug' },
    ]),
  last_organization_admin: () =>
    no(409, 'LAST_ADMIN', 'The last admin of an organization cannot be demoted or removed'),
  too_many_organizations: ({ max }) =>
    no(409, 'TOO_MANY_ORGANIZATIONS', `Nobody belongs to more than ${max} organizations`),
  not_restorable: ({ because }) => no(409, 'NOT_RESTORABLE', notRestorable[because]),
  stale: () => no(412, 'PRECONDITION_FAILED', 'Somebody else has changed this user since you read it'),
  wrong_credentials: () =>
    no(401, 'INVALID_CREDENTIALS', 'The name or the password is wrong', undefined, { 'www-authenticate': 'Bearer' }),
  wrong_current_password: () =>
    no(400, 'INVALID_PASSWORD', 'Current password is incorrect', [
      { field: 'currentPassword', message: 'Current password is incorrect' },
    ]),
  wrong_password: () =>
    no(400, 'INVALID_PASSWORD', 'Password is incorrect', [{ field: 'password', message: 'Password is incorrect' }]),
  challenge_over: () =>
    no(401, 'CHALLENGE_OVER', 'This is unknown or over; begin anew', undefined, { 'www-authenticate': 'Bearer' }),
  wrong_code: ({ while: doing }) => unproved(doing, 'INVALID_CODE', 'code', 'The code is wrong, or was used before'),
  wrong_passkey: ({ while: doing }) =>
    unproved(doing, 'INVALID_PASSKEY', 'credential', 'This passkey cannot be used here'),
  password_needed: () =>
    no(401, 'PASSWORD_NEEDED', 'The password has changed since; sign in by it and by this passkey once', undefined, {
      'www-authenticate': 'Bearer',
    }),
  proof_needed: ({ by }) => no(403, 'PROOF_NEEDED', proofs[by]),
  factor_not_found: () => no(404, 'FACTOR_NOT_FOUND', 'There is no such factor'),
  totp_enrolled: () => no(409, 'FACTOR_EXISTS', 'Remove the authenticator app that is set up before you add another'),
  too_many_passkeys: ({ max }) => no(409, 'TOO_MANY_FACTORS', `Nobody has more than ${max} passkeys`),
  no_factor: () => no(409, 'NO_FACTOR', 'Recovery codes come with a factor; add one first'),
  passkeys_impossible: ({ because }) => no(409, 'PASSKEYS_IMPOSSIBLE', passkeyTroubles[because]),
  password_unchanged: () => no(409, 'PASSWORD_UNCHANGED', 'The user has this password already'),
  session_not_found: () => no(404, 'SESSION_NOT_FOUND', 'The user has no such session'),
  link_over: () => no(400, 'INVALID_TOKEN', 'This link is not good any more; ask for a new one'),
  registration_closed: () => no(403, 'REGISTRATION_CLOSED', 'Accounts are made by administrators only'),
  nothing_to_verify: ({ because }) => no(409, 'NOTHING_TO_VERIFY', nothingToVerify[because]),
  session_over: () =>
    no(401, 'UNAUTHORIZED', 'The session is over; sign in again', undefined, { 'www-authenticate': 'Bearer' }),
  import_not_found: () => no(404, 'NOT_FOUND', 'There is no such import'),
  import_under_way: () => no(409, 'IMPORT_UNDER_WAY', 'A file that you sent is still being read'),
  invitation_not_found: () => no(404, 'NOT_FOUND', 'There is no such invitation'),
  invitation_over: ({ because }) => no(409, 'INVITATION_OVER', `The invitation was ${because}`),
  not_invitable: ({ because }) => no(409, 'NOT_INVITABLE', notInvitable[because]),
  already_member: () => no(409, 'ALREADY_MEMBER', 'Whoever has this address belongs to the organization already'),
  too_many_invitations: ({ max }) =>
    no(409, 'TOO_MANY_INVITATIONS', `An organization has at most ${max} invitations that nobody has accepted`),
  sent_just_now: ({ retryAfterSeconds }) =>
    no(429, 'RATE_LIMIT_EXCEEDED', 'The mail was sent just now; try again later', undefined, later(retryAfterSeconds)),
  too_many_guesses: ({ retryAfterSeconds }) =>
    no(429, 'RATE_LIMIT_EXCEEDED', 'Too many wrong passwords; try again later', undefined, later(retryAfterSeconds)),
  busy: ({ retryAfterSeconds }) => unavailable(retryAfterSeconds),
  batch_aborted: ({ refusals }) =>
    no(409, 'BATCH_ABORTED', 'Nothing was done, because not everything could be', allPlaced(refusals)),
  unsupported_image: ({ kinds }) => no(415, 'UNSUPPORTED_MEDIA_TYPE', `The picture must be a ${kinds.join(' or ')}`),
  unprocessable_image: ({ because }) => no(422, 'UNPROCESSABLE_IMAGE', unprocessable[because]),
  file_rejected: () => no(422, 'FILE_REJECTED', 'The file was rejected by the virus scanner'),
  avatar_not_found: () => no(404, 'NOT_FOUND', 'The user has no avatar'),
  mail_not_found: () => no(404, 'NOT_FOUND', 'There is no such mail'),
  mail_not_retriable: ({ because }) => no(409, 'NOT_RETRIABLE', notRetriable[because]),
  filter_too_slow: () => no(400, 'VALIDATION_ERROR', 'This filter takes too long; ask for less'),
  idempotency_key_reused: () =>
    no(422, 'IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key stands for another request; use a new one'),

  no_such_route: () => no(404, 'NOT_FOUND', 'There is nothing at this address'),
  method_not_allowed: ({ allow }) =>
    no(405, 'METHOD_NOT_ALLOWED', `Only ${allow.join(', ')} work here`, undefined, { allow: allow.join(', ') }),
  bad_path: () => no(400, 'VALIDATION_ERROR', 'The address of this request cannot be read'),
  bad_idempotency_key: ({ max }) =>
    no(400, 'VALIDATION_ERROR', 'Validation failed', [
      { field: 'Idempotency-Key', message: `Idempotency-Key must be 1 to ${max} visible ASCII characters` },
    ]),
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
  unreadable_csv: ({ because, line }) =>
    no(400, 'VALIDATION_ERROR', `${unreadable[because]}${line === null ? '' : ` (line ${line})`}`),
  rate_limited: ({ retryAfterSeconds }) =>
    no(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests; try again later', undefined, later(retryAfterSeconds)),
  unavailable: ({ retryAfterSeconds }) => unavailable(retryAfterSeconds),
  forbidden_origin: () =>
    no(403, 'FORBIDDEN_ORIGIN', 'Requests that come by way of a proxy or under a foreign host name are not taken here'),
  fault: () => no(500, 'INTERNAL_ERROR', 'Something went wrong on the server'),
} satisfies Phrasebook

/** What one operation refuses, by its answer to whoever asked for it alone. */
export function errorOf(refusal: OperationRefusal | EntryRefusal | RefusalOf<IntoRefusal>): {
  error: ErrorBody
  status: number
} {
  const { body } = phrase(refusals, refusal)
  return JSON.parse(String(body))
}

interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly details?: readonly Detail[]
}

/** Where they are too many, one of each. */
function allPlaced(refused: readonly RefusedOperation[]): Detail[] {
  const details = refused.map(placed)
  const isTooMuch = details.flat().length > limits.batchDetailsMax
  return details.flatMap((some) => (isTooMuch ? some.slice(0, 1) : some))
}

/** `operations.3.email`: places are counted from 0, as in the list that was sent. */
function placed({ place, refusal }: RefusedOperation): Detail[] {
  const { message, details } = errorOf(refusal).error
  const at = `operations.${place}`
  if (details === undefined || details.length === 0) return [{ field: at, message }]
  const below = (field: string) => (field === '' ? at : `${at}.${field}`.slice(0, limits.faultFieldLengthMax))
  return details.map((detail) => ({ ...detail, field: below(detail.field) }))
}

const notImpersonable: Readonly<Record<RefusalOf<'not_impersonable'>['because'], string>> = {
  admin: 'Nobody acts in the stead of an administrator',
  inactive: 'Nobody acts in the stead of a user who is not active',
}

/** Who is signed in already stays so, whatever they send. */
function unproved(doing: 'signing_in' | 'enrolling', code: string, field: string, message: string): Answer {
  if (doing === 'enrolling') return no(400, code, message, [{ field, message }])
  return no(401, code, message, undefined, { 'www-authenticate': 'Bearer' })
}

const proofs: Readonly<Record<RefusalOf<'proof_needed'>['by'], string>> = {
  sign_in: 'Sign in again to change your factors',
  sign_in_or_password: 'Sign in again to change your factors, or send your current password',
}

const passkeyTroubles: Readonly<Record<PasskeyTrouble, string>> = {
  address_without_name: 'Passkeys need a directory whose PUBLIC_URL has a host name, not an IP address',
  address_not_encrypted: 'Passkeys need a directory whose PUBLIC_URL begins with https',
}

const notRestorable: Readonly<Record<RefusalOf<'not_restorable'>['because'], string>> = {
  final: 'The user was deleted for good',
  expired: 'The time for restoring this user is over',
  email_taken: 'The email address has been taken meanwhile',
  username_taken: 'The username has been taken meanwhile',
  not_deleted: 'The user is not deleted',
}

const notRetriable: Readonly<Record<RefusalOf<'mail_not_retriable'>['because'], string>> = {
  not_dead: 'Only mail that was given up is tried again',
  link_over: 'The link in this mail is over; have a new one sent',
}

const nothingToVerify: Readonly<Record<RefusalOf<'nothing_to_verify'>['because'], string>> = {
  no_address: 'The user has no email address',
  verified: 'The email address is verified already',
  inactive: 'The user is inactive',
}

const notInvitable: Readonly<Record<RefusalOf<'not_invitable'>['because'], string>> = {
  not_pending: 'Only users who are pending can be invited',
  invited: 'The user has an invitation that can still be accepted; send that one again',
  no_email: 'The user has no email address',
}

const unprocessable: Readonly<Record<RefusalOf<'unprocessable_image'>['because'], string>> = {
  undecodable: 'The picture cannot be decoded',
  too_large: 'The picture is too large to be decoded',
  too_slow: 'The picture takes too long to decode',
}

const unreadable: Readonly<Record<ProblemOf<'unreadable_csv'>['because'], string>> = {
  encoding: 'The CSV must be text in UTF-8',
  empty: 'The CSV must begin with a line that names its columns',
  separator: 'The columns of the CSV must be separated by commas',
  quotes: 'The quotes of the CSV do not match',
  line_too_long: 'A line of the CSV is too long',
}

function unavailable(seconds: number): Answer {
  return no(503, 'UNAVAILABLE', 'The service cannot do this right now; try again shortly', undefined, later(seconds))
}

function invalid(faults: readonly Fault[]): Answer {
  const isWeakOnly = faults.length > 0 && faults.every(({ flaw }) => flaw === 'weak_password')
  const details = faults.flatMap(detailsOf)
  return isWeakOnly
    ? no(400, 'INVALID_PASSWORD', 'Password does not meet requirements', details)
    : no(400, 'VALIDATION_ERROR', 'Validation failed', details)
}

function detailsOf(fault: Fault): Detail[] {
  if (fault.flaw === 'weak_password') {
    return fault.lacks.map((lack) => ({ field: fault.field, message: passwordLacks[lack] }))
  }
  return [{ field: fault.field, message: sentence(fault.field, fault) }]
}

const passwordLacks: Readonly<Record<PasswordLack, string>> = {
  upper: 'Password must contain an uppercase letter',
  lower: 'Password must contain a lowercase letter',
  digit: 'Password must contain a number',
  symbol: 'Password must contain a symbol',
  uncommon: 'Password is among the most common passwords',
  impersonal: 'Password must not contain personal information',
}

function sentence(field: string, flaw: Exclude<Flaw, { flaw: 'weak_password' }>): string {
  const name = labelOf(field)
  switch (flaw.flaw) {
    case 'missing':
    case 'blank':
      return `${name} is required`
    case 'unknown_field':
      return 'Unknown field'
    case 'not_updatable':
      return 'This field cannot be changed'
    case 'repeated':
      return `${name} must be given once`
    case 'wrong_type':
      return `${name} must be of type ${flaw.expected}`
    case 'not_one_of':
      return `${name} must be one of: ${flaw.values.join(', ')}`
    case 'too_short':
      return `${field === 'newPassword' ? 'Password' : name} must be at least ${flaw.min} characters`
    case 'too_long':
      return `${name} must be at most ${flaw.max} ${field === 'attributes' ? 'bytes of JSON' : 'characters'}`
    case 'out_of_range':
      return `${name} must be between ${flaw.min} and ${flaw.max}`
    case 'too_many':
      return `${name} must have at most ${flaw.max} ${manyOf[field] ?? 'items'}`
    case 'too_many_passwords':
      return `At most ${flaw.max} operations may set a password`
    case 'too_deep':
      return `${name} must not be nested more than ${flaw.max} levels deep`
    case 'forbidden_characters':
      return `${name} contains characters that are not allowed`
    case 'bad_email':
      return 'Invalid email format'
    case 'bad_username':
      return 'Username must not begin or end with a space, look like an id, or contain @'
    case 'bad_url':
      return `${name} must be an http or https URL`
    case 'bad_slug':
      return 'Slug must be lower-case letters and digits, with single hyphens between them'
    case 'bad_id':
      return `${/id$/i.test(field) ? 'Id' : name} must be a UUID`
    case 'bad_instant':
      return `${name} must be an ISO 8601 date and time`
    case 'not_within_days':
      return `${name} must be in the future, and at most ${flaw.max} days ahead`
    case 'bad_cursor':
      return 'Cursor was not given out for this list'
    case 'unreadable':
      return `${name} cannot be read at character ${flaw.position}`
    case 'not_together':
    case 'not_after':
      return besideOther[flaw.flaw](name, flaw.other)
    case 'bad_language':
      return `${name} must be an ISO 639-1 language code`
    case 'bad_timezone':
      return `${name} must be an IANA time zone`
    case 'pending_is_only_a_beginning':
      return 'Status cannot be set to pending again'
    case 'changed_by_verification_only':
      return 'Your own email address is changed by verifying the new one'
    case 'bad_picture':
    case 'unknown_organization':
    case 'taken':
    case 'not_taken_here':
      return ofImport[flaw.flaw](name)
    case 'unknown_hash':
      return `${name} is of no known form`
    case 'costly_hash':
      return `${name} asks for more work than a sign-in may take`
  }
}

const besideOther = {
  not_together: (name: string, other: string) => `${name} cannot be sent together with ${other}`,
  not_after: (name: string, other: string) => `${name} must be later than ${other}`,
} as const

/** What only a file of users can be at fault with. */
const ofImport = {
  bad_picture: (name: string) => `${name} must be one that a directory like this one has made`,
  unknown_organization: () => 'There is no such organization',
  taken: (name: string) => `${name} belongs to somebody else`,
  not_taken_here: (name: string) => `${name} is taken from an admin who is signed in, not from a program`,
} as const

const manyOf: Readonly<Record<string, string>> = {
  attributes: 'keys',
  search: 'words',
  line: 'columns',
  interval: 'stretches',
}

/** `firstName` → `First name`, `profile.bio` → `Bio`. */
function labelOf(field: string): string {
  const last = field.split('.').at(-1) ?? ''
  if (last === '') return 'Body'
  const words = last.replace(/[A-Z]+/g, (capitals) => ` ${capitals.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
