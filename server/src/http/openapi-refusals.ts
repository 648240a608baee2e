import { limits } from '../core/limits.ts'
import type { Contract, Route } from './contract.ts'
import type { HeaderName } from './openapi-headers.ts'
import type { Problem, Turned } from './phrasebook.ts'

/** A no, by the status that every contract gives it. */
export interface StatusRefusal {
  /** Of its component. */
  readonly name: string
  readonly description: string
  readonly headers: readonly HeaderName[]
  /** What any route can say: what the contract's own phrasebook makes of it is the example. */
  readonly example?: Problem | Turned
}

export const statusRefusals: Readonly<Record<number, StatusRefusal>> = {
  400: {
    name: 'BadRequest',
    description: 'The request cannot be read, or something in it is wrong.',
    headers: [],
    example: { code: 'bad_request' },
  },
  401: {
    name: 'Unauthorized',
    description: 'There is no token, or none that still stands.',
    headers: ['WWW-Authenticate'],
    example: { code: 'unauthenticated', token: 'none' },
  },
  403: {
    name: 'Forbidden',
    description: 'The caller may not do this, or their account is not active.',
    headers: [],
    example: { code: 'not_allowed', needs: 'users:list' },
  },
  404: { name: 'NotFound', description: 'There is no such thing.', headers: [] },
  408: {
    name: 'RequestTimeout',
    description: 'The request took too long to arrive.',
    headers: [],
    example: { code: 'request_timeout' },
  },
  409: { name: 'Conflict', description: 'Something that is already there stands in the way.', headers: [] },
  412: { name: 'PreconditionFailed', description: 'Somebody else saved first; nothing was changed.', headers: [] },
  413: {
    name: 'ContentTooLarge',
    description: 'The body is too large.',
    headers: [],
    example: { code: 'body_too_large', maxBytes: limits.bodyBytesMax },
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is of a type that is not read here.',
    headers: [],
    example: { code: 'unsupported_media_type', expected: ['application/json'] },
  },
  422: { name: 'UnprocessableContent', description: 'The request can be read, and cannot be followed.', headers: [] },
  429: {
    name: 'TooManyRequests',
    description: "The caller's bucket is empty, or too many passwords or tokens were wrong.",
    headers: ['Retry-After'],
    example: { code: 'rate_limited', retryAfterSeconds: 30 },
  },
  431: {
    name: 'HeadersTooLarge',
    description: 'The headers of the request are too large.',
    headers: [],
    example: { code: 'headers_too_large', maxBytes: limits.headerBytesMax },
  },
  500: {
    name: 'InternalError',
    description: 'A bug; it was logged under the id in `X-Request-Id`.',
    headers: ['X-Request-Id'],
    example: { code: 'fault' },
  },
  503: {
    name: 'Unavailable',
    description: 'Something that the server needs is away, or it has too much to do.',
    headers: ['Retry-After', 'X-Request-Id'],
    example: { code: 'unavailable', retryAfterSeconds: 5 },
  },
}

/** What every route can say, whatever it is for. 405 belongs to a path, not to an operation. */
const always = [400, 403, 408, 413, 431, 500, 503]

/** Every status that a route can answer with. */
export function statusesOf(contract: Contract, route: Route): number[] {
  const asked = route.needs !== 'nobody'
  const takesBody = (route.body ?? 'none') !== 'none'
  const more = [
    ...(asked ? [401] : []),
    ...(takesBody ? [415] : []),
    ...(asked || isLimited(contract, route) || contract.strangersLimit !== undefined ? [429] : []),
  ]
  return [...new Set([...route.answers, ...always, ...more])].sort((one, other) => one - other)
}

export function isLimited(contract: Contract, route: Route): boolean {
  return (route.limit ?? contract.limit) !== undefined
}
