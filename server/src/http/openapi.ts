import type { About, Contract, Route } from './contract.ts'
import { type Example, namedExamples, readExamples } from './openapi-examples.ts'
import { type HeaderName, headersIn, referToHeaders } from './openapi-headers.ts'
import { isLimited, type StatusRefusal, statusesOf, statusRefusals } from './openapi-refusals.ts'
import { parametersOf, requestBodyOf } from './openapi-requests.ts'
import { type JsonObject, openSchemaBook, type SchemaBook } from './openapi-schemas.ts'
import { phrase } from './phrasebook.ts'

/** A contract with something to say of itself. */
export type DescribableContract = Contract & { readonly about: About }

/** Where what is described answers. */
export interface Place {
  /** Without a slash at its end. */
  readonly publicUrl: string
  /** `''` for the root. */
  readonly mount: string
  /** `Production`, `Local development`. */
  readonly environment: string
  readonly version: string
}

/**
 * Describes a contract in OpenAPI 3.1, from nothing but its route table, its phrasebook and its recorded exchanges. `beside` it are contracts that
 * answer at the root whatever its mount, and have no description of their own.
 */
export function describeContract(
  contract: DescribableContract,
  place: Place,
  beside: readonly DescribableContract[] = [],
): JsonObject {
  const schemas = openSchemaBook()
  const responses: Record<string, JsonObject> = {}
  const main: Writing = { contract, schemas, responses, examples: readExamples(contract) }
  const others = beside.map((other): Writing => ({ contract: other, schemas, responses: null, examples: [] }))
  const ownRoot = place.mount === '' ? {} : { servers: [serverOf({ ...place, mount: '' })] }
  const paths = Object.assign({}, pathsOf(main, {}), ...others.map((other) => pathsOf(other, ownRoot)))
  const { about } = contract
  const headers = headersIn({ paths, responses })
  return {
    openapi: '3.1.1',
    info: {
      title: about.title,
      version: place.version,
      description: about.description,
      contact: { name: 'Whoever runs this server', url: place.publicUrl },
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [serverOf(place)],
    tags: [contract, ...beside].flatMap(tagsOf),
    paths,
    components: { schemas: schemas.entries, responses, headers, securitySchemes: { bearer } },
  }
}

const bearer = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    "An access token from the house contract's sign-in: a JWT signed with Ed25519 and verified as RFC8725 advises. It is refused at once when its session ends. An API token of the house contract (`roster_…`) does as well, unless the operation says that it does not.",
}

interface Writing {
  readonly contract: DescribableContract
  readonly schemas: SchemaBook
  /** Where refusals without examples of their own are kept; null for a contract whose form is not that of the document. */
  readonly responses: Record<string, JsonObject> | null
  readonly examples: readonly Example[]
}

function serverOf({ publicUrl, mount, environment }: Place) {
  const isInternal = /^https?:\/\/(localhost|127\.|\[::1\])/.test(publicUrl)
  return { url: `${publicUrl}${mount}`, description: `${environment} server`, 'x-internal': isInternal }
}

function tagsOf({ about, routes }: DescribableContract) {
  const used = new Set(routes.map(({ tag }) => tag))
  return Object.entries(about.tags).flatMap(([name, description]) => (used.has(name) ? [{ name, description }] : []))
}

function pathsOf(writing: Writing, more: JsonObject): Record<string, JsonObject> {
  const paths: Record<string, JsonObject> = {}
  for (const route of writing.contract.routes) {
    const path = templateOf(route.path)
    paths[path] = { ...(paths[path] ?? more), [route.method.toLowerCase()]: describeRoute(writing, route) }
  }
  return paths
}

/** `/users/:id` → `/users/{id}`. */
export function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

function describeRoute(writing: Writing, route: Route): JsonObject {
  const { schemas, examples } = writing
  const parameters = parametersOf(schemas, route)
  const recorded = examples.filter((one) => one.route === route && one.status < 300)
  const body = requestBodyOf(schemas, route, recorded)
  return {
    operationId: operationIdOf(route),
    summary: route.summary ?? '',
    description: [route.description, accessOf(route), countingOf(writing, route)].filter(Boolean).join(' '),
    ...(route.tag === undefined ? {} : { tags: [route.tag] }),
    security: route.needs === 'nobody' ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === null ? {} : { requestBody: body }),
    responses: responsesOf(writing, route),
  }
}

/** Who may call, in a sentence. */
function accessOf({ needs, reach, inPerson }: Route): string {
  if (needs === 'nobody') return 'Needs no token.'
  if (needs === 'somebody') return 'For everybody who is known.'
  if (needs === 'session') return `For everybody who is signed in. ${notByToken}`
  return [`Needs the permission \`${needs}\`${whom[reach ?? 'any']}.`, ...(inPerson ? [notByToken] : [])].join(' ')
}

const whom: Readonly<Record<NonNullable<Route['reach']>, string>> = {
  any: '',
  others: '',
  own: '; those who may not list users reach their own record only',
  organizations: '; those who hold it as admins of an organization reach no other',
}

const notByToken = 'API tokens do not do.'

function countingOf({ contract }: Writing, { limit = contract.limit }: Route): string {
  return limit === undefined ? '' : `Counted in the bucket \`${limit}\`.`
}

/** Routes without a name are called after their place. */
export function operationIdOf({ name, method, path }: Route): string {
  const words = `${method} ${path}`.toLowerCase()
  return name ?? words.replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function responsesOf(writing: Writing, route: Route): JsonObject {
  const responses: Record<string, JsonObject> = {}
  for (const status of statusesOf(writing.contract, route)) {
    const refusal = statusRefusals[status]
    const isOwn = refusal === undefined || route.schema?.answer?.[status] !== undefined
    responses[status] = isOwn ? ownResponse(writing, route, status) : refusalResponse(writing, route, status, refusal)
  }
  return responses
}

const meanings: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Taken in; what comes of it is not told here.',
  204: 'Done; there is nothing to show.',
  304: 'What the caller has still holds.',
}

function ownResponse(writing: Writing, route: Route, status: number): JsonObject {
  const { leadsTo, media } = route
  const schema = route.schema?.answer?.[status]
  const shape = schema === undefined ? {} : { schema: writing.schemas.write(schema) }
  const types = [media?.answer ?? 'application/json'].flat()
  const content = Object.fromEntries(
    types.map((type) => [type, { ...shape, ...(types.length > 1 ? {} : recordedAnswers(writing, route, status)) }]),
  )
  const hasBody = status !== 304 && (schema !== undefined || media?.answer !== undefined)
  return {
    description: meanings[status] ?? 'Not at present.',
    headers: referToHeaders([...ownHeaders(route, status), ...countingHeaders(writing, route)]),
    ...(hasBody ? { content } : {}),
    ...(leadsTo === undefined || status >= 300 ? {} : { links: linksOf(leadsTo) }),
  }
}

function ownHeaders({ gives = [] }: Route, status: number): HeaderName[] {
  const hasTag = gives.includes('etag') || status === 304
  return [
    'Cache-Control',
    ...(hasTag ? (['ETag'] as const) : []),
    ...(gives.includes('location') ? (['Location'] as const) : []),
    ...(gives.includes('link') ? (['Link'] as const) : []),
    ...(gives.includes('set-cookie') ? (['Set-Cookie'] as const) : []),
  ]
}

function countingHeaders({ contract }: Writing, route: Route): HeaderName[] {
  return isLimited(contract, route) ? ['RateLimit', 'RateLimit-Policy'] : []
}

function linksOf({ operations, id }: NonNullable<Route['leadsTo']>): JsonObject {
  return Object.fromEntries(
    operations.map((operationId) => [operationId, { operationId, parameters: { id: `$response.body#${id}` } }]),
  )
}

function refusalResponse(writing: Writing, route: Route, status: number, refusal: StatusRefusal): JsonObject {
  if (writing.contract.about.refusal.statuses?.includes(status) === false) return bodiless(writing, route, refusal)
  const recorded = recordedAnswers(writing, route, status)
  const { responses } = writing
  if (responses === null || recorded.examples !== undefined) return refusalWith(writing, route, refusal, recorded)
  responses[refusal.name] ??= refusalWith(writing, route, refusal, {})
  return { $ref: `#/components/responses/${refusal.name}` }
}

function bodiless(writing: Writing, route: Route, { name, description, headers }: StatusRefusal): JsonObject {
  const response = { description, headers: referToHeaders([...headers, ...countingHeaders(writing, route)]) }
  if (writing.responses === null) return response
  writing.responses[name] ??= response
  return { $ref: `#/components/responses/${name}` }
}

function refusalWith(writing: Writing, route: Route, refusal: StatusRefusal, recorded: Examples): JsonObject {
  const { contract, schemas } = writing
  const { type, schema } = contract.about.refusal
  const content = {
    schema: schemas.write(schema),
    ...(recorded.examples ? recorded : spokenExample(contract, refusal)),
  }
  return {
    description: refusal.description,
    headers: referToHeaders([...refusal.headers, ...countingHeaders(writing, route)]),
    content: { [type]: content },
  }
}

interface Examples {
  readonly examples?: JsonObject
}

function recordedAnswers({ examples }: Writing, route: Route, status: number): Examples {
  const fitting = examples.filter((one) => one.route === route && one.status === status)
  const named = namedExamples(fitting.map(({ title, answer }) => ({ title, value: answer })))
  return Object.keys(named).length > 0 ? { examples: named } : {}
}

/** What the contract's phrasebook makes of it. */
function spokenExample({ refusals, stamp }: Contract, { example }: StatusRefusal): { readonly example?: unknown } {
  if (example === undefined) return {}
  const refusal = phrase(refusals, example)
  const { body, type } = stamp?.(refusal, { atMs: 0, requestId: 'b2k5Xw-1' }) ?? refusal
  if (typeof body !== 'string') return {}
  return { example: type?.startsWith('application/json') ? JSON.parse(body) : body }
}
