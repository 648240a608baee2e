import type { IncomingHttpHeaders } from 'node:http'
import type { TSchema } from '#typebox'
import type { Actor, Origin } from '../core/actor.ts'
import type { PasswordRule } from '../core/credentials/password-rule.ts'
import type { Eventually } from '../core/outcome.ts'
import type { Permission } from '../core/permissions.ts'
import type { Core } from '../core/ports.ts'
import type { Answer } from './answer.ts'
import type { Table } from './csv-body.ts'
import type { ProblemBook } from './phrasebook.ts'
import type { Upload } from './upload-body.ts'

/** One wire language: where it lives, what it answers to, and how it says no. */
export interface Contract {
  readonly name: string
  /** Where it is mounted unless the operator says otherwise: `/`, or a path without a slash at its end. */
  readonly mount: string
  readonly routes: readonly Route[]
  readonly refusals: ProblemBook
  /**
   * What it answers for: everything below its mount, unknown paths included, or nothing but the paths of its routes (then the unknown ones
   * belong to the contract that has the mount).
   */
  readonly owns?: 'mount' | 'routes'
  /** What it asks of a new password; absent where it takes none. */
  readonly passwordRule?: PasswordRule
  /** The rate-limit bucket of routes that name none. */
  readonly limit?: string
  /** The bucket of an address for calls without a token that stands, before anything else is said of them; whoever has one takes none from it. */
  readonly strangersLimit?: string
  /** Adds to a no what the phrasebook cannot know: when it was said, and to which request. */
  readonly stamp?: (refusal: Answer, said: Said) => Answer
  /** What the API description says of it as a whole. */
  readonly about?: About
}

export interface Said {
  readonly atMs: number
  readonly requestId: string
}

export interface About {
  readonly title: string
  /** Markdown. */
  readonly description: string
  /** Headings under which routes stand, and a sentence on each. */
  readonly tags: Readonly<Record<string, string>>
  /** The form of every no, or of those of some statuses: then the others have no body. */
  readonly refusal: {
    readonly type: 'application/json' | 'text/plain'
    readonly schema: TSchema
    readonly statuses?: readonly number[]
  }
  /** Folder of recorded exchanges, from which the examples are taken. */
  readonly recordings?: URL
}

export interface Route extends RouteFacts {
  readonly method: Method
  /** Below the mount; a segment `:name` is a parameter. `/` is the mount itself. */
  readonly path: string
  readonly handle: Handler
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Handler = (call: Call) => Eventually<Answer>

/** Everything about a route that is not code: it drives mounting, the API description and the tests that walk every route. */
export interface RouteFacts {
  readonly needs: Needs
  /**
   * With `own`, callers who are no admins reach their own record only: the path parameter `id` must be theirs (a path without one is theirs by
   * nature, as `/me`). With `others`, nobody reaches their own. With `organizations`, whoever lacks the permission may have it in an organization
   * that they administer, which the use-case finds out.
   */
  readonly reach?: 'own' | 'any' | 'others' | 'organizations'
  /** Besides the permission it takes somebody who has signed in themselves: no API token, and nobody in their stead. */
  readonly inPerson?: true
  /** `loopback`: programs on this machine, not sent by a proxy or a browser, need no token. */
  readonly spares?: 'loopback'
  /** Statuses of its own. What any route can say (405, 415, 429, …) goes without saying. */
  readonly answers: readonly number[]
  /** Name of the rate-limit bucket in place of the contract's. */
  readonly limit?: string
  /** A second bucket, from which a call takes as many points as its body weighs. */
  readonly weight?: { readonly limit: string; readonly of: (sent: ReadBody) => number }
  /** Callers may send an `Idempotency-Key`: then the call takes effect once, however often it is sent. */
  readonly repeatable?: boolean
  /** How the body is read before the handler is called; `none` unless said. */
  readonly body?: BodyKind
  /** Files that an `upload` may have; one unless said. */
  readonly filesMax?: number
  /** In place of `limits.bodyBytesMax`. */
  readonly bodyBytesMax?: number
  /**
   * For the API description; a handler checks shapes itself, with `readForm`. `answer` has the bodies of successes, and of a no that does not
   * take the contract's form. A schema with a `title` is described once, under that name.
   */
  readonly schema?: {
    readonly params?: TSchema
    readonly query?: TSchema
    readonly body?: TSchema
    /** Of a body in CSV. */
    readonly csv?: TSchema
    readonly answer?: Readonly<Record<number, TSchema>>
  }
  /** Media types of a body of `bytes`, and of successes that are not JSON. */
  readonly media?: { readonly body?: readonly string[]; readonly answer?: string | readonly string[] }
  /** The `operationId`: a verb and a noun in camel case, the only one of its contract. */
  readonly name?: string
  readonly summary?: string
  /** Markdown, where the summary leaves something open. */
  readonly description?: string
  readonly tag?: string
  /** Headers that every success has, besides those that follow from the other facts. */
  readonly gives?: readonly ('etag' | 'location' | 'link' | 'set-cookie')[]
  /** Headers of a request that the route heeds, besides `If-Match` (where it can answer 412) and `If-None-Match` (304). */
  readonly takes?: Readonly<Record<string, TSchema>>
  /** What can be done next with what a success shows: names of operations, and where in the body the `id` stands that they take. */
  readonly leadsTo?: { readonly operations: readonly string[]; readonly id: string }
}

/**
 * `nobody`: strangers are welcome, and a token is not looked at. `somebody`: anybody who is known, by whatever they show. `session`: whoever has
 * signed in themselves, and be it to do nothing else.
 */
export type Needs = 'nobody' | 'somebody' | 'session' | Permission

/**
 * `bytes` takes any media type, as it is, and `lines` NDJSON or CSV, as it is. `merge-patch` takes plain JSON, too. `upload` is a form with a file in it, which may be as large as the body but
 * for `limits.formBytesMax`.
 */
export type BodyKind = 'none' | 'json' | 'merge-patch' | 'json-or-csv' | 'lines' | 'upload' | 'bytes'

/** What was asked behind the `?`; nobody adds to it. */
export type Query = Pick<
  URLSearchParams,
  'get' | 'getAll' | 'has' | 'keys' | 'size' | 'entries' | typeof Symbol.iterator
>

/** What came of the bytes of a body. */
export interface ReadBody {
  /** The parsed JSON; undefined when none was sent. Its keys may be called anything, `__proto__` too. */
  readonly body: unknown
  /** What was sent as CSV; null when none was. */
  readonly table: Table | null
  /** What was sent as a form with a file; null when none was. */
  readonly upload: Upload | null
  /** The body as it came; null when none was sent or the route takes none. */
  readonly bytes: Uint8Array | null
}

/** One request, as a handler sees it. */
export interface Call extends ReadBody {
  readonly core: Core
  readonly actor: Actor
  readonly origin: Origin
  /** HEAD is GET here. */
  readonly method: Method
  /** Decoded; never empty, never longer than `limits.pathParameterLengthMax`. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly headers: IncomingHttpHeaders
  readonly nowMs: number
  /** Where the contract is mounted, to be put before its paths: `''` for the root. */
  readonly mount: string
  /** Without a slash at its end. */
  readonly publicUrl: string
  readonly requestId: string
}

export const get = route('GET')
export const post = route('POST')
export const put = route('PUT')
export const patch = route('PATCH')
export const del = route('DELETE')

function route(method: Method) {
  return (path: string, handle: Handler, facts: RouteFacts): Route => ({ method, path, handle, ...facts })
}

/** A contract at the place where the operator wants it. */
export interface MountedContract {
  readonly contract: Contract
  readonly mount: string
}

/** The full pattern of a route: what is below the mount, without a slash at its end. */
export function patternOf(mount: string, path: string): string {
  return `${mount === '/' ? '' : mount}${path === '/' ? '' : path}` || '/'
}
