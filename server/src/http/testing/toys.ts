import { RateLimiterMemory } from '#rate-limiter-flexible'
import type { Role } from '../../core/permissions.ts'
import type { Core, Standing } from '../../core/ports.ts'
import type { AccessClaims, SessionId } from '../../core/sessions/session.ts'
import { defaultPreferences, type Status, type User, type UserId } from '../../core/users/user.ts'
import { json, text } from '../answer.ts'
import { authenticateByBearer } from '../authentication.ts'
import { type Contract, del, get, type MountedContract, patch, post, put, type Route } from '../contract.ts'
import type { Table } from '../csv-body.ts'
import type { ProblemBook } from '../phrasebook.ts'
import { noRateLimits, openRateLimits, type Rate, type RateLimits } from '../rate-limits.ts'
import { type FaultNote, openServer, type ServerOptions } from '../server.ts'

/** 2026-11-21T21:00:00Z, which stands still unless a test moves it. */
export const atMs = Date.UTC(2026, 10, 21, 21)

export const ada = '018f0000-0000-7000-8000-00000000ada0' as UserId
export const grace = '018f0000-0000-7000-8000-0000000c0b01' as UserId
export const linus = '018f0000-0000-7000-8000-0000000c0de5' as UserId

/** Says no in plain text that begins with its name, so that a test sees whose form an answer has. */
export function toyRefusals(name: string): ProblemBook {
  const no = (status: number, code: string, headers: Readonly<Record<string, string>> = {}) =>
    text(status, `${name}: ${code}`, headers)
  return {
    unauthenticated: ({ code }) => no(401, code, { 'www-authenticate': 'Bearer' }),
    account_inactive: ({ code }) => no(403, code),
    not_allowed: ({ code, needs }) => no(403, `${code} ${needs}`),
    not_in_person: ({ code }) => no(403, code),
    own_record: ({ code }) => no(403, code),
    no_such_route: ({ code }) => no(404, code),
    method_not_allowed: ({ code, allow }) => no(405, code, { allow: allow.join(', ') }),
    bad_path: ({ code }) => no(400, code),
    bad_idempotency_key: ({ code }) => no(400, code),
    idempotency_key_reused: ({ code }) => no(422, code),
    bad_request: ({ code }) => no(400, code),
    headers_too_large: ({ code, maxBytes }) => no(431, `${code} ${maxBytes}`),
    request_timeout: ({ code }) => no(408, code),
    unsupported_media_type: ({ code, expected }) => no(415, `${code} ${expected.join(' ')}`),
    body_too_large: ({ code, maxBytes }) => no(413, `${code} ${maxBytes}`),
    file_too_large: ({ code, maxBytes }) => no(413, `${code} ${maxBytes}`),
    unreadable_form: ({ code }) => no(400, code),
    unreadable_json: ({ code }) => no(400, code),
    json_too_deep: ({ code, max }) => no(400, `${code} ${max}`),
    unreadable_csv: ({ code, because, line }) => no(400, `${code} ${because} ${line}`),
    rate_limited: ({ code, retryAfterSeconds }) => no(429, code, { 'retry-after': String(retryAfterSeconds) }),
    unavailable: ({ code, retryAfterSeconds }) => no(503, code, { 'retry-after': String(retryAfterSeconds) }),
    forbidden_origin: ({ code }) => no(403, code),
    fault: ({ code }) => no(500, code),
  }
}

export function toyContract(
  name: string,
  mount: string,
  routes: readonly Route[],
  more: Partial<Contract> = {},
): Contract {
  return { name, mount, routes, refusals: toyRefusals(name), ...more }
}

/** Tells back what the handler saw. */
export const echo: Route['handle'] = ({ actor, method, params, query, body, table, bytes, mount, origin }) =>
  json(200, {
    actor: actor.kind === 'user' ? actor.id : actor.kind,
    method,
    params,
    query: [...query],
    body,
    ...(table === null ? {} : { table }),
    bytes: bytes === null ? null : Buffer.from(bytes).toString('hex'),
    mount,
    origin,
  })

/** What `echo` tells. */
export interface Seen {
  readonly actor: string
  readonly method: string
  readonly params: Readonly<Record<string, string>>
  readonly query: readonly (readonly [string, string])[]
  readonly body?: unknown
  readonly table?: Table
  readonly bytes: string | null
  readonly mount: string
  readonly origin: { readonly ip: string; readonly userAgent: string | null }
}

export async function seen(answer: Response): Promise<Seen> {
  return (await answer.json()) as Seen
}

/** A contract with a route of every kind. */
export function usersContract(name: string, mount: string, more: Partial<Contract> = {}): Contract {
  return toyContract(
    name,
    mount,
    [
      get('/users', echo, { needs: 'users:list', answers: [200] }),
      post('/users', echo, { needs: 'users:create', answers: [200], body: 'json' }),
      get('/users/me', echo, { needs: 'session', answers: [200] }),
      get('/users/:id', echo, { needs: 'users:read', reach: 'own', answers: [200] }),
      put('/users/:id', echo, { needs: 'users:update', reach: 'own', answers: [200], body: 'json' }),
      patch('/users/:id', echo, { needs: 'users:update', reach: 'own', answers: [200], body: 'merge-patch' }),
      del('/users/:id', echo, { needs: 'users:delete', answers: [200] }),
      put('/users/:id/status', echo, { needs: 'users:update', answers: [200], body: 'json' }),
      get('/open/:word', echo, { needs: 'nobody', answers: [200] }),
      post('/open', echo, { needs: 'nobody', answers: [200], body: 'json' }),
      post('/many', echo, { needs: 'nobody', answers: [200], body: 'json-or-csv' }),
      post('/bytes', echo, { needs: 'nobody', answers: [200], body: 'bytes', bodyBytesMax: 10 }),
    ],
    more,
  )
}

export interface ToyPerson {
  readonly id: UserId
  readonly role: Role
  readonly status?: Status
  readonly stands?: boolean
}

/** Who is signed in, by token. */
export const cast: Readonly<Record<string, ToyPerson>> = {
  ada: { id: ada, role: 'admin' },
  grace: { id: grace, role: 'user' },
  linus: { id: linus, role: 'viewer' },
}

export const sessionId = 'the-session' as SessionId

export function toyUser({ id, role, status = 'active' }: ToyPerson): User {
  return {
    id,
    number: 1,
    email: null,
    username: null,
    firstName: null,
    lastName: null,
    role,
    status,
    emailVerified: false,
    version: 1,
    createdAtMs: atMs,
    updatedAtMs: atMs,
    lastLoginAtMs: null,
    deletion: null,
    particulars: { avatar: null, redirectUri: null, profile: {}, preferences: defaultPreferences, attributes: {} },
  }
}

/** Tokens are the names in the cast. */
export function toyTokens(people: Readonly<Record<string, ToyPerson>>) {
  const verify = (token: string): AccessClaims | null => {
    const person = Object.hasOwn(people, token) ? people[token] : undefined
    return person ? { sub: person.id, sid: sessionId, iat: 0, exp: 9e9 } : null
  }
  const standing = (id: UserId): Standing | null => {
    const person = Object.values(people).find((one) => one.id === id)
    return person
      ? { user: toyUser(person), stands: person.stands ?? true, impersonator: null, lastUsedAtMs: null }
      : null
  }
  const directory = { standing, standingOfApiToken: () => null, apiTokens: { byDigest: () => null } }
  return { verify, directory, apiTokens: { digestOf: () => null } }
}

export function memoryLimits(
  rates: Readonly<Record<string, Rate>> = {},
  failedAuthentications: Rate = { points: 1000, seconds: 60 },
): RateLimits {
  return openRateLimits({
    rates,
    failedAuthentications,
    limiter: ({ prefix, points, seconds }) => new RateLimiterMemory({ keyPrefix: prefix, points, duration: seconds }),
  })
}

export interface ToyServer extends AsyncDisposable {
  readonly port: number
  readonly faults: readonly (FaultNote & { readonly event: string })[]
  readonly observed: readonly string[]
  fetch(path: string, init?: RequestInit & { as?: string }): Promise<Response>
  close(graceSeconds?: number): Promise<void>
}

export async function openToyServer(
  contracts: readonly Contract[],
  options: Partial<ServerOptions> & { people?: Readonly<Record<string, ToyPerson>>; mounts?: readonly string[] } = {},
): Promise<ToyServer> {
  const { people = cast, mounts = [], rateLimits = noRateLimits, ...more } = options
  const tokens = toyTokens(people)
  const faults: (FaultNote & { event: string })[] = []
  const observed: string[] = []
  const core = { clock: () => atMs, directory: tokens.directory } as unknown as Core
  const mounted = contracts.map(
    (contract, index): MountedContract => ({ contract, mount: mounts[index] ?? contract.mount }),
  )
  const server = await openServer({
    contracts: mounted,
    core,
    rateLimits,
    authenticate: authenticateByBearer({ ...tokens, failures: rateLimits.failures }),
    metrics: {
      watch:
        ({ contract, route, method }) =>
        (status) =>
          observed.push(`${contract} ${method} ${route} ${status}`),
    },
    log: { error: (event, fields) => faults.push({ event, ...fields }) },
    publicUrl: 'https://directory.example',
    ...more,
  })
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    port,
    faults,
    observed,
    fetch: (path, { as, ...init } = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        ...init,
        headers: { ...(as && { authorization: `Bearer ${as}` }), ...(init.headers as Record<string, string>) },
      }),
    close: (graceSeconds) => server.close(graceSeconds),
    [Symbol.asyncDispose]: () => server.close(0),
  }
}
