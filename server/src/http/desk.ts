import type { FastifyInstance, FastifyReply, FastifyRequest } from '#fastify'
import { limits } from '../core/limits.ts'
import type { Eventually } from '../core/outcome.ts'
import { type Admission, admit, admitAgain, admitNowhere, type Buckets, tooLarge } from './admission.ts'
import { type Answer, empty, type Headers } from './answer.ts'
import type { Call, Contract, Query, ReadBody, Route } from './contract.ts'
import { readTable } from './csv-body.ts'
import { handleOnce } from './idempotency.ts'
import { csvType, isOfType, mediaTypesOf, parseJson } from './json-body.ts'
import type { Observe } from './metrics.ts'
import { type Problem, phrase, type Turned } from './phrasebook.ts'
import { plainRefusals } from './plain-refusals.ts'
import type { Bucket } from './rate-limits.ts'
import { type Atlas, type PlacedRoute, readPath } from './routing.ts'
import { hasBody, send } from './sending.ts'
import type { ServerOptions } from './server.ts'
import { readUpload } from './upload-body.ts'

/** Where requests become calls of handlers, and whatever comes of them becomes an answer. */
export interface Desk {
  open(app: FastifyInstance, placed: PlacedRoute): void
  /** A path that no route has, or a verb that this one has not. */
  answerUnknown(request: FastifyRequest, reply: FastifyReply): void
  answerError(request: FastifyRequest, reply: FastifyReply, thrown: unknown): void
  refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem): void
  note(request: FastifyRequest, reply: FastifyReply): void
  /** From here on each answer is the last on its connection. */
  hangUp(): void
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where no route was found. */
    open: OpenRoute | null
    /** Null until the request has been let in or turned away. */
    admission: Admission | null
    /** Null until the whole request is here; over when it has been answered. */
    service: Promise<void> | null
  }
}

interface OpenRoute extends PlacedRoute, Buckets {
  /** Of what the body weighs. */
  readonly scales: Bucket | null
  readonly observe: Readonly<Record<string, Observe>>
}

/** What everything at the desk knows. */
interface Office {
  readonly options: ServerOptions
  readonly atlas: Atlas
  /** Counts what no route answers, by contract. */
  readonly elsewhere: Map<Contract, Observe>
  hangingUp: boolean
  /** Forms with files that are on their way, or being looked at. */
  uploads: number
}

export function openDesk(options: ServerOptions, atlas: Atlas): Desk {
  const office: Office = { options, atlas, elsewhere: new Map(), hangingUp: false, uploads: 0 }
  return {
    open: (app, placed) => openRoute(office, app, placed),
    answerUnknown: (request, reply) => answerUnknown(office, request, reply),
    answerError: (request, reply, thrown) => answerError(office, request, reply, thrown),
    refuse: (request, reply, problem) => refuse(office, request, reply, problem),
    note: (request, reply) => note(office, request, reply),
    hangUp() {
      office.hangingUp = true
    },
  }
}

function openRoute(office: Office, app: FastifyInstance, placed: PlacedRoute) {
  const { route, contract, pattern } = placed
  const { rateLimits, metrics } = office.options
  const bucketName = route.limit ?? contract.limit
  const bucket = bucketName === undefined ? null : rateLimits.bucket(contract.name, bucketName)
  const strangers = strangersOf(office, contract)
  const scales = route.weight === undefined ? null : rateLimits.bucket(contract.name, route.weight.limit)
  const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]
  const watch = (method: string) => metrics.watch({ contract: contract.name, route: route.path, method })
  const observe = Object.fromEntries(methods.map((method) => [method, watch(method)]))
  const open = { ...placed, bucket, strangers, scales, observe }
  app.route({
    method: methods,
    url: pattern,
    bodyLimit: route.bodyBytesMax ?? limits.bodyBytesMax,
    onRequest: (request, reply) => enter(office, request, reply, open),
    handler: (request, reply) => {
      if (request.admission) request.service = serve(office, request, reply, open, request.admission)
    },
  })
}

function strangersOf({ options: { rateLimits } }: Office, { name, strangersLimit }: Contract): Bucket | null {
  return strangersLimit === undefined ? null : rateLimits.bucket(name, strangersLimit)
}

async function enter(office: Office, request: FastifyRequest, reply: FastifyReply, open: OpenRoute) {
  const { core, authenticate, proxies = null } = office.options
  request.open = open
  const admission = await admit(request, open.route, open, { authenticate, proxies, nowMs: core.clock() })
  request.admission = admission
  if (admission.refusal === null && open.route.body === 'upload') admission.refusal = makeRoom(office, request, reply)
  if (admission.refusal) refuse(office, request, reply, admission.refusal)
  else if (request.raw.headers.expect !== undefined) reply.raw.writeContinue()
}

/**
 * Of files, no more are held at one time than memory is set aside for: also of somebody who hung up while theirs was looked at. Whoever hung up while
 * they were let in sends nothing more.
 */
function makeRoom(office: Office, request: FastifyRequest, { raw }: FastifyReply): Problem | null {
  if (raw.destroyed) return null
  if (office.uploads >= limits.uploadsMax) return { code: 'unavailable', retryAfterSeconds }
  office.uploads += 1
  raw.once('close', async () => {
    await request.service
    office.uploads -= 1
  })
  return null
}

async function serve(
  office: Office,
  request: FastifyRequest,
  reply: FastifyReply,
  open: OpenRoute,
  admission: Admission,
) {
  try {
    const { core, authenticate } = office.options
    const actor = hasBody(request.raw)
      ? await admitAgain(request, open.route, admission, { authenticate, nowMs: core.clock() })
      : admission.actor
    if ('code' in actor) return refuse(office, request, reply, actor)
    const reading = readBody(request, open)
    const read = reading instanceof Promise ? await reading : reading
    if ('code' in read) return refuse(office, request, reply, read)
    const overweight = open.scales && (await weigh(open, open.scales, admission, read))
    if (overweight) return refuse(office, request, reply, overweight)
    const { route, contract } = open
    const call = callOf(office.options, request, open, { ...admission, actor }, read)
    const answered = route.repeatable ? handleOnce(call, route, contract) : route.handle(call)
    answer(office, request, reply, answered instanceof Promise ? await answered : answered)
  } catch (thrown) {
    answerError(office, request, reply, thrown)
  }
}

/** Takes what the body weighs from a bucket of its own, and says of both buckets what is left. */
async function weigh(
  { route }: OpenRoute,
  scales: Bucket,
  admission: Admission,
  read: ReadBody,
): Promise<Problem | null> {
  const points = route.weight?.of(read) ?? 0
  if (points === 0) return null
  const { refusal, headers } = await scales.take(admission.actor, points)
  const both = { ...admission.headers }
  for (const [name, field] of Object.entries(headers)) both[name] = name in both ? `${both[name]}, ${field}` : field
  admission.headers = both
  return refusal
}

function callOf(
  { core, publicUrl }: ServerOptions,
  request: FastifyRequest,
  { route, mount }: OpenRoute,
  { actor, origin, nowMs }: Admission,
  { body, table, upload, bytes }: ReadBody,
): Call {
  return {
    core,
    actor,
    origin,
    nowMs,
    method: route.method,
    params: request.params as Call['params'],
    query: queryOf(request.raw.url ?? ''),
    headers: request.raw.headers,
    body,
    table,
    upload,
    bytes,
    mount,
    publicUrl,
    requestId: request.id,
  }
}

const noMore: Headers = {}

function answer(
  office: Office,
  request: FastifyRequest,
  reply: FastifyReply,
  answered: Answer,
  more: Headers = noMore,
) {
  const { admission } = request
  const stamped = stampedBy(office, request, answered)
  const last = office.hangingUp || (request.raw.headers.expect !== undefined && admission?.refusal !== null)
  const known = admission?.headers ?? noMore
  const headers = last || more !== noMore ? { ...known, ...more, ...(last && { connection: 'close' }) } : known
  const { log } = office.options
  send(request, reply, stamped, headers, (fault) => log.error('answer-cut-short', factsOf(request, fault)))
}

function stampedBy(office: Office, request: FastifyRequest, answered: Answer): Answer {
  if (answered.status < 400) return answered
  const { stamp } = contractOf(office, request)
  return stamp === undefined ? answered : stamp(answered, { atMs: office.options.core.clock(), requestId: request.id })
}

function refuse(
  office: Office,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem | Turned,
  more: Headers = noMore,
) {
  const answered = phrase(contractOf(office, request).refusals, problem)
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name)
  answer(office, request, reply, answered, more)
}

function answerUnknown(office: Office, request: FastifyRequest, reply: FastifyReply) {
  const { core, authenticate, proxies = null } = office.options
  const strangers = strangersOf(office, contractOf(office, request))
  if (strangers === null) return tellUnknown(office, request, reply)
  admitNowhere(request, strangers, { authenticate, proxies, nowMs: core.clock() }).then(
    (turned) => (turned === null ? tellUnknown(office, request, reply) : refuse(office, request, reply, turned)),
    (thrown: unknown) => answerError(office, request, reply, thrown),
  )
}

function tellUnknown(office: Office, request: FastifyRequest, reply: FastifyReply) {
  const { path, written } = readPath(request.raw.url ?? '/')
  const { methods: allow } = office.atlas.at(path ?? written)
  const { method = '' } = request.raw
  if (path === null) return refuse(office, request, reply, { code: 'bad_path' })
  if (allow.length === 0) return refuse(office, request, reply, { code: 'no_such_route' })
  if (method === 'OPTIONS') return answer(office, request, reply, empty(204, { allow: allow.join(', ') }))
  const isKnown = allow.includes(method)
  refuse(office, request, reply, isKnown ? { code: 'no_such_route' } : { code: 'method_not_allowed', allow })
}

/** Whatever goes wrong while telling that something went wrong: one request never ends the process. */
function answerError(office: Office, request: FastifyRequest, reply: FastifyReply, thrown: unknown) {
  const isGone = request.raw.destroyed && !request.raw.complete
  if (isGone) return void reply.hijack()
  const { log, isUnavailable } = office.options
  const problem = problemBehind(thrown, request, isUnavailable)
  if (problem.code === 'fault') log.error('request-failed', factsOf(request, thrown))
  if (problem.code === 'unavailable') log.error('request-unavailable', factsOf(request, thrown))
  const isLogged = problem.code === 'fault' || problem.code === 'unavailable'
  const more: Headers = isLogged ? { 'x-request-id': request.id } : {}
  try {
    refuse(office, request, reply, problem, more)
  } catch (again) {
    log.error('refusal-failed', factsOf(request, again))
    answer(office, request, reply, plainRefusals.fault(), more)
  }
}

function note(office: Office, request: FastifyRequest, reply: FastifyReply) {
  const seconds = reply.elapsedTime / 1000
  const known = request.open?.observe[request.raw.method ?? '']
  if (known) return known(reply.statusCode, seconds)
  const contract = contractOf(office, request)
  let observe = office.elsewhere.get(contract)
  observe ??= office.options.metrics.watch({ contract: contract.name, route: 'none', method: 'any' })
  office.elsewhere.set(contract, observe)
  observe(reply.statusCode, seconds)
}

function contractOf({ atlas }: Office, request: FastifyRequest): Contract {
  if (request.open) return request.open.contract
  const { path, written } = readPath(request.raw.url ?? '/')
  return atlas.at(path ?? written).contract
}

function factsOf({ id, open, raw }: FastifyRequest, fault: unknown) {
  const { contract, pattern } = open ?? { contract: { name: 'none' }, pattern: 'none' }
  return { requestId: id, contract: contract.name, route: pattern, method: open ? (raw.method ?? '') : 'any', fault }
}

const nothingRead: ReadBody = { body: undefined, table: null, upload: null, bytes: null }

/** An empty body is none, whatever type it claims. */
function readBody(request: FastifyRequest, { route }: OpenRoute): Eventually<ReadBody | Problem> {
  const bytes = request.body
  if (!(bytes instanceof Buffer) || bytes.length === 0 || (route.body ?? 'none') === 'none') return nothingRead
  if (route.body === 'bytes' || route.body === 'lines') return { ...nothingRead, bytes }
  if (route.body === 'upload') return readForm(request, bytes, route)
  if (route.body === 'json-or-csv' && isOfType(request.headers['content-type'], [csvType])) return readCsv(bytes)
  const parsed = parseJson(bytes)
  return parsed.ok ? { ...nothingRead, body: parsed.value, bytes } : parsed.refusal
}

async function readForm(request: FastifyRequest, bytes: Buffer, route: Route): Promise<ReadBody | Problem> {
  const fileBytesMax = (route.bodyBytesMax ?? limits.bodyBytesMax) - limits.formBytesMax
  const files = { fileBytesMax, filesMax: route.filesMax ?? 1 }
  const read = await readUpload(bytes, request.headers['content-type'] ?? '', files)
  return read.ok ? { ...nothingRead, upload: read.value } : read.refusal
}

async function readCsv(bytes: Buffer): Promise<ReadBody | Problem> {
  const read = await readTable(bytes, limits.csvLinesMax)
  return read.ok ? { ...nothingRead, table: read.value, bytes } : read.refusal
}

/** Most requests have none. */
const noQuery: Query = new URLSearchParams()

function queryOf(target: string): Query {
  const start = target.indexOf('?')
  if (start < 0) return noQuery
  const fragment = target.indexOf('#')
  if (fragment >= 0 && fragment < start) return noQuery
  return new URLSearchParams(target.slice(start + 1, fragment < 0 ? undefined : fragment))
}

function problemBehind(
  thrown: unknown,
  { open }: FastifyRequest,
  isUnavailable: ServerOptions['isUnavailable'],
): Problem {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(open?.route ?? {})
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 'unsupported_media_type', expected: mediaTypesOf(open?.route.body ?? 'none') ?? [] }
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { code: 'bad_request' }
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return { code: 'bad_path' }
  }
  return isUnavailable?.(thrown) ? { code: 'unavailable', retryAfterSeconds } : { code: 'fault' }
}

const retryAfterSeconds = 5
