import type { FastifyRequest } from '#fastify'
import type { Actor, Origin } from '../core/actor.ts'
import { limits } from '../core/limits.ts'
import { isInPerson, may, mayReach, mayWhereAdmin, type Permission } from '../core/permissions.ts'
import { lengthOf } from '../core/users/text.ts'
import { callerAddress, peerAddress, type TrustedProxies } from './addresses.ts'
import type { Headers } from './answer.ts'
import type { Authenticate } from './authentication.ts'
import type { Call, Route } from './contract.ts'
import { isFromThisMachine } from './guards.ts'
import { isOfType, mediaTypesOf } from './json-body.ts'
import type { Problem, Turned } from './phrasebook.ts'
import type { Bucket } from './rate-limits.ts'
import { hasBody } from './sending.ts'

/** What is known of a request before its body is read. */
export interface Admission {
  readonly actor: Actor
  readonly origin: Origin
  readonly nowMs: number
  /** For every answer from here on. */
  headers: Headers
  refusal: Problem | Turned | null
}

/** From which a call may have to take. */
export interface Buckets {
  /** The caller's. */
  readonly bucket: Bucket | null
  /** The address's, for callers without a token that stands. */
  readonly strangers: Bucket | null
}

export interface AdmittingWorld {
  readonly authenticate: Authenticate
  readonly proxies: TrustedProxies | null
  readonly nowMs: number
}

/** Counts a call for which there is no route, where strangers are counted. */
export async function admitNowhere(
  request: FastifyRequest,
  strangers: Bucket,
  { authenticate, proxies, nowMs }: AdmittingWorld,
): Promise<Problem | null> {
  const origin = originOf(request, proxies)
  const claimant = await authenticate({ rawHeaders: request.raw.rawHeaders, origin, nowMs })
  return 'code' in claimant ? (await strangers.take({ kind: 'stranger', origin })).refusal : null
}

/**
 * Decides, before a byte of the body is read, in this order: the path, the caller, the caller's bucket, the permission, the size and type of the body.
 */
export async function admit(
  request: FastifyRequest,
  route: Route,
  { bucket, strangers }: Buckets,
  world: AdmittingWorld,
): Promise<Admission> {
  const origin = originOf(request, world.proxies)
  const stranger: Actor = { kind: 'stranger', origin }
  const admission: Admission = { actor: stranger, origin, nowMs: world.nowMs, headers: noHeaders, refusal: null }
  const params = request.params as Call['params']
  const flaw = flawIn(params)
  if (flaw) return { ...admission, refusal: flaw }

  const spared = route.spares === 'loopback' && isFromThisMachine(arrivalOf(request))
  const asked = route.needs !== 'nobody' && !spared
  const found =
    asked || strangers !== null
      ? world.authenticate({ rawHeaders: request.raw.rawHeaders, origin, nowMs: world.nowMs })
      : stranger
  const claimant = found instanceof Promise ? await found : found
  const turned = 'code' in claimant && strangers !== null ? (await strangers.take(stranger)).refusal : null
  if (turned) return { ...admission, refusal: turned }
  if (asked && 'code' in claimant) return { ...admission, refusal: claimant }
  const actor = asked && !('code' in claimant) ? claimant : stranger

  const taken = bucket && (await bucket.take(actor))
  const refusal = taken?.refusal ?? (asked ? turnAway(actor, route, params) : null) ?? flawInBody(request, route)
  return { actor, origin, nowMs: world.nowMs, headers: taken?.headers ?? noHeaders, refusal }
}

/**
 * Asks once more who calls and whether they may, now that their body is here: somebody may have held it back until after they were signed out,
 * demoted or deleted.
 */
export async function admitAgain(
  request: FastifyRequest,
  route: Route,
  { actor, origin }: Pick<Admission, 'actor' | 'origin'>,
  { authenticate, nowMs }: { readonly authenticate: Authenticate; readonly nowMs: number },
): Promise<Actor | Problem | Turned> {
  if (actor.kind === 'stranger') return actor
  const again = await authenticate({ rawHeaders: request.raw.rawHeaders, origin, nowMs })
  if ('code' in again) return again
  return turnAway(again, route, request.params as Call['params']) ?? again
}

const noHeaders: Headers = {}

export function arrivalOf({ raw }: Pick<FastifyRequest, 'raw'>) {
  return { headers: raw.headers, peer: peerAddress(raw.socket.remoteAddress) }
}

function originOf({ raw }: FastifyRequest, proxies: TrustedProxies | null): Origin {
  const ip = callerAddress(raw.socket.remoteAddress, raw.headers['x-forwarded-for'], proxies)
  const userAgent = raw.headers['user-agent']?.slice(0, limits.userAgentLengthMax) ?? null
  return { ip, userAgent }
}

/** The router matches an empty parameter too, but `/users//status` is nobody's status. */
function flawIn(params: Call['params']): Problem | null {
  for (const name in params) {
    const value = params[name] ?? ''
    if (value === '') return { code: 'no_such_route' }
    if (value.includes('\0') || isOverlong(value)) return { code: 'bad_path' }
  }
  return null
}

function isOverlong(value: string): boolean {
  return value.length > limits.pathParameterLengthMax && lengthOf(value) > limits.pathParameterLengthMax
}

/** The use-case decides again; this spares strangers to the permission the reading of their body, and their faults the telling. */
function turnAway(actor: Actor, { needs, reach, inPerson }: Route, { id }: Call['params']): Turned | null {
  if (needs === 'nobody') return null
  const needsNoMore = needs === 'somebody' || needs === 'session'
  if (needsNoMore && actor.kind === 'stranger') return { code: 'unauthenticated', token: 'over' }
  if ((needs === 'session' || inPerson) && !isInPerson(actor)) return { code: 'not_in_person' }
  if (needsNoMore) return null
  if (!mayPass(actor, needs, reach, id?.toLowerCase())) return { code: 'not_allowed', needs }
  return reach === 'others' && actor.kind === 'user' && actor.id === id?.toLowerCase()
    ? { code: 'own_record', needs }
    : null
}

function mayPass(actor: Actor, needs: Permission, reach: Route['reach'], id: string | undefined): boolean {
  if (reach === 'organizations') return mayWhereAdmin(actor, needs)
  return reach === 'own' && id !== undefined ? mayReach(actor, needs, id) : may(actor, needs)
}

/** Of a form with a file in it, it is the file that is told to be too large. */
export function tooLarge({ body, bodyBytesMax = limits.bodyBytesMax }: Pick<Route, 'body' | 'bodyBytesMax'>): Problem {
  return body === 'upload'
    ? { code: 'file_too_large', maxBytes: bodyBytesMax - limits.formBytesMax }
    : { code: 'body_too_large', maxBytes: bodyBytesMax }
}

function flawInBody(
  { raw }: FastifyRequest,
  { body = 'none', bodyBytesMax: maxBytes = limits.bodyBytesMax }: Route,
): Problem | null {
  if (!hasBody(raw)) return null
  if (Number(raw.headers['content-length']) > maxBytes) return tooLarge({ body, bodyBytesMax: maxBytes })
  const expected = mediaTypesOf(body)
  if (expected === null) return null
  const isPlain = (raw.headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity'
  return isPlain && isOfType(raw.headers['content-type'], expected)
    ? null
    : { code: 'unsupported_media_type', expected }
}
