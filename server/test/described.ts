import assert from 'node:assert/strict'
import { Ajv2020 as Ajv, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { contracts } from '../src/app/contracts.ts'
import type { ContractName, Settings } from '../src/app/settings.ts'
import { withDescription } from '../src/http/description.ts'
import { linkPagePaths } from '../src/http/link-pages.ts'
import { type DescribableContract, describeContract, templateOf } from '../src/http/openapi.ts'
import { routeFinder } from '../src/http/openapi-examples.ts'
import { systemContract } from '../src/http/system.ts'

/** One request and its answer, as they went over the wire. */
export interface Exchanged {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly sent: string | null
  /** The media type of what was sent; JSON unless said. */
  readonly sentAs?: string | null | undefined
  readonly status: number
  readonly headers: { get(name: string): string | null | undefined }
  readonly body: string
}

/** An operation, or the part of one that is a response. */
interface Described {
  readonly contract: DescribableContract
  readonly document: OpenApi
  readonly validators: Map<string, ValidateFunction>
  /** By mount. */
  readonly finders: Map<string, ReturnType<typeof routeFinder>>
  readonly ajv: Ajv
}

/** As much of an OpenAPI document as the tests look at. */
export interface OpenApi {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly responses: Readonly<Record<string, ResponsePart>>
    readonly headers: Readonly<Record<string, HeaderPart>>
  }
}

export interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly security: readonly object[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> }
  readonly responses: Readonly<Record<string, ResponsePart>>
}

interface ResponsePart {
  readonly $ref?: string
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>
  readonly content?: Readonly<Record<string, Content>>
}

interface Content {
  readonly schema?: object
  readonly example?: unknown
}

interface HeaderPart {
  readonly required: boolean
  readonly schema: { readonly type: string }
}

/**
 * Holds an answer against the API description of the contract that gave it: its status is described for the operation, it has the headers that are
 * promised and no other that means something, and its type and body are as described. What was taken has to be described, too.
 */
export function checkDescribed({ mounts }: Pick<Settings, 'mounts'>, exchanged: Exchanged): void {
  const target = exchanged.path.split('?', 1)[0] ?? ''
  const found = whoseIs(mounts, target)
  if (found === null) return
  const { described, mount } = found
  const { document } = described
  const where = `${exchanged.method} ${exchanged.path} answered ${exchanged.status} ${exchanged.body.slice(0, 500)}`
  const route = routeAt(described, mount, exchanged.method, target)
  if (route === null) {
    checkRefusal(described, exchanged, where)
    return
  }
  const method = route.method.toLowerCase()
  const path = templateOf(route.path)
  const operation = document.paths[path]?.[method]
  const written = operation?.responses[exchanged.status]
  assert.ok(operation !== undefined && written !== undefined, `${where}\nwhich is not described`)
  const response = written.$ref === undefined ? written : document.components.responses[lastOf(written.$ref)]
  assert.ok(response !== undefined, `${where}\nwhose description is missing`)
  checkHeaders(document, response, exchanged, where)
  checkBody(
    described,
    written.$ref ? written.$ref : pointer('paths', path, method, 'responses', exchanged.status),
    response,
    exchanged,
    where,
  )
  if (exchanged.status < 300) checkTaken(described, operation, pointer('paths', path, method), exchanged, where)
}

const all = new Map<string, Described>()

/** What every node answers; nothing of it is called here. */
const node = systemContract({
  health: { isReady: () => Promise.resolve(true) },
  metrics: { text: () => Promise.resolve(''), type: '' },
  jwks: () => ({}),
})

/** The contract below whose mount a path lies, the deepest first; null for paths of no contract. */
function whoseIs(mounts: Settings['mounts'], target: string): { described: Described; mount: string } | null {
  const mounted = Object.entries(mounts).flatMap(([name, mount]) => (mount === null ? [] : [{ name, mount }]))
  const hits = mounted.filter(({ mount }) => mount === '/' || target === mount || target.startsWith(`${mount}/`))
  const [deepest] = hits.sort((one, other) => other.mount.length - one.mount.length)
  if (deepest === undefined) return null
  if (deepest.mount === '/' && isPage(target)) return null
  const isOfNode = deepest.mount === '/' && /^\/(health|metrics|\.well-known)(\/|$)/.test(target)
  return { described: describedOf(isOfNode ? 'system' : (deepest.name as ContractName)), mount: deepest.mount }
}

function isPage(target: string): boolean {
  const others = ['/', ...linkPagePaths, '/link-page.css', '/follow-link.js']
  return /^\/(console|docs|postman|avatars\/)/.test(target) || others.includes(target)
}

function routeAt({ contract, finders }: Described, mount: string, method: string, target: string) {
  const find = finders.get(mount) ?? routeFinder(contract.routes, mount)
  finders.set(mount, find)
  return find(method, target)
}

/** Without examples: what nobody compares need not be read. */
function describedOf(name: ContractName | 'system'): Described {
  const known = all.get(name)
  if (known !== undefined) return known
  const place = { environment: 'Test', version: '0' }
  const published = (name === 'system' ? node : withDescription(contracts[name], place)) as DescribableContract
  const { recordings: _, ...about } = published.about
  const contract = { ...published, about }
  const document = describeContract(contract, {
    ...place,
    publicUrl: 'http://127.0.0.1',
    mount: '',
  }) as unknown as OpenApi
  const fresh: Described = { contract, document, validators: new Map(), finders: new Map(), ajv: openAjv(document) }
  all.set(name, fresh)
  return fresh
}

/**
 * Whether the schemas are schemas is asked of each document once, not by each process of tests. A validator looks at few answers: it is sooner
 * compiled without being made fast, and what a schema refers to is compiled once for all that do.
 */
export function openAjv(document: object, { validateSchema = false } = {}): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema, inlineRefs: false, code: { optimize: false } })
  formats.default(ajv)
  ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/)
  ajv.addFormat('password', true)
  return ajv.addSchema({ $id: 'document', ...document })
}

/** An unknown path or verb still gets the contract's form, and one of the few statuses that have no operation. */
function checkRefusal({ contract, ajv }: Described, { method, status, headers, body }: Exchanged, where: string) {
  if (status === 204 && method === 'OPTIONS') return
  assert.ok([400, 403, 404, 405, 408, 413, 429, 431, 500, 503].includes(status), where)
  const { type, schema, statuses } = contract.about.refusal
  if (statuses?.includes(status) === false) return assert.equal(body, '', where)
  assert.ok(headers.get('content-type')?.startsWith(type), where)
  if (method === 'HEAD') return
  const value = type === 'application/json' ? JSON.parse(body) : body
  assert.ok(ajv.validate(schema, value), `${where}\n${ajv.errorsText()}`)
}

/** Headers that mean something to a caller: none of them is a surprise. */
const meaningful = [
  'ETag',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
  'Link',
  'Set-Cookie',
  'Deprecation',
]

function checkHeaders({ components }: OpenApi, { headers = {} }: ResponsePart, exchanged: Exchanged, where: string) {
  for (const name of meaningful) {
    const isAnswered = (exchanged.headers.get(name) ?? null) !== null
    assert.ok(!isAnswered || headers[name] !== undefined, `${where}\nwith a header that is not described: ${name}`)
  }
  for (const name of Object.keys(headers)) {
    const part = components.headers[name]
    assert.ok(part !== undefined, `no header is called ${name}`)
    const { required, schema } = part
    const value = exchanged.headers.get(name) ?? null
    assert.ok(!required || value !== null, `${where}\nwithout the header ${name}`)
    if (value === null) continue
    const read = schema.type === 'integer' ? Number(value) : value
    assert.ok(headerAjv.validate(schema, read), `${where}\nwith ${name}: ${value}: ${headerAjv.errorsText()}`)
  }
}

const headerAjv = openAjv({})

function checkBody(
  described: Described,
  place: string,
  { content }: ResponsePart,
  exchanged: Exchanged,
  where: string,
) {
  if (content === undefined) return assert.equal(exchanged.body, '', where)
  const [type = ''] = (exchanged.headers.get('content-type') ?? '').split(';')
  const known = content[type]
  assert.ok(known !== undefined, `${where}\nas ${type}, which is not described`)
  if (exchanged.method === 'HEAD' || known.schema === undefined) return
  const value = /[/+]json$/.test(type) ? JSON.parse(exchanged.body) : exchanged.body
  const validate = validatorAt(described, `${place}/content/${segment(type)}/schema`)
  assert.ok(validate(value), `${where}\nwhich is not as described: ${described.ajv.errorsText(validate.errors)}`)
}

/** What a call that succeeded has sent is in the description, so that nobody has to guess it. Blank ends of texts are taken, and cut off. */
function checkTaken(
  described: Described,
  operation: Operation,
  place: string,
  { path, sent, sentAs }: Exchanged,
  where: string,
) {
  const named = (operation.parameters ?? []).map(({ name }) => name)
  const isOpen = described.contract.name === 'express-gateway'
  const asked = isOpen ? [] : [...new URLSearchParams(path.split('?')[1] ?? '').keys()]
  for (const key of asked) assert.ok(named.includes(key), `${where}\nwith a query that is not described: ${key}`)
  if (sent === null || sent === '' || operation.requestBody === undefined) return
  const [type = ''] = sentAs?.toLowerCase().split(/\s*;/) ?? Object.keys(operation.requestBody.content)
  assert.ok(operation.requestBody.content[type] !== undefined, `${where}\ntook ${type}, which is not described`)
  if (!/[/+]json$/.test(type)) return
  const validate = validatorAt(described, `${place}/requestBody/content/${segment(type)}/schema`)
  assert.ok(validate(JSON.parse(sent, trimmed)), `${where}\ntook ${sent}: ${described.ajv.errorsText(validate.errors)}`)
}

function trimmed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value
}

function validatorAt({ ajv, validators }: Described, place: string): ValidateFunction {
  const known = validators.get(place)
  if (known !== undefined) return known
  const fresh = ajv.compile({ $ref: `document${place}` })
  validators.set(place, fresh)
  return fresh
}

function lastOf(reference: string): string {
  return reference.split('/').at(-1) ?? ''
}

function pointer(...keys: readonly (string | number)[]): string {
  return `#${keys.map((key) => `/${segment(String(key))}`).join('')}`
}

/** As a JSON pointer in a URI spells it (RFC 6901, section 6). */
function segment(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
}
