import type { Refusal, RefusalOf } from '../core/refusals.ts'
import type { Answer } from './answer.ts'

/** Every no that HTTP itself can say, before or instead of a use-case. Like a refusal, facts without prose or status. */
export type Problem =
  /** Nothing is served under this path. */
  | { code: 'no_such_route' }
  | { code: 'method_not_allowed'; allow: readonly string[] }
  /** Percent-encoding that is none, a NUL, or a parameter of more than `limits.pathParameterLengthMax`. */
  | { code: 'bad_path' }
  /** An `Idempotency-Key` that is empty, too long, or not visible ASCII. */
  | { code: 'bad_idempotency_key'; max: number }
  /** Not HTTP, or HTTP without a host. */
  | { code: 'bad_request' }
  | { code: 'headers_too_large'; maxBytes: number }
  /** The request took too long to arrive. */
  | { code: 'request_timeout' }
  | { code: 'unsupported_media_type'; expected: readonly string[] }
  | { code: 'body_too_large'; maxBytes: number }
  /** A file in a form, or a form that can only be so long because of one. */
  | { code: 'file_too_large'; maxBytes: number }
  /** No form that can be read, or one of more parts than are taken. */
  | { code: 'unreadable_form' }
  | { code: 'unreadable_json' }
  | { code: 'json_too_deep'; max: number }
  /** `encoding`: it is no text in UTF-8. `line` is known where it is one of them. */
  | {
      code: 'unreadable_csv'
      because: 'encoding' | 'empty' | 'separator' | 'quotes' | 'line_too_long'
      line: number | null
    }
  | { code: 'rate_limited'; retryAfterSeconds: number }
  /** Something the server needs is away. */
  | { code: 'unavailable'; retryAfterSeconds: number }
  /** The caller may not come from there: another web site, or a proxy where none is expected. */
  | { code: 'forbidden_origin' }
  /** A bug. It was logged; the caller learns nothing of it. */
  | { code: 'fault' }

export type ProblemCode = Problem['code']
export type ProblemOf<Code extends ProblemCode> = Extract<Problem, { code: Code }>

/** The refusals that meet a caller before any use-case does. */
export type Turned = RefusalOf<'unauthenticated' | 'account_inactive' | 'not_allowed' | 'not_in_person' | 'own_record'>

type Said = Refusal | Problem
export type SaidCode = Said['code']

/** How a contract words every no. Each contract has a phrase for those of its own use-cases; the compiler looks whether one is missing. */
export type Phrasebook = { readonly [Code in SaidCode]: (facts: Extract<Said, { code: Code }>) => Answer }

/** What no contract can do without. */
export type ProblemBook = Pick<Phrasebook, ProblemCode | Turned['code'] | 'idempotency_key_reused'>

/** Words `said` as the contract does. Does not compile when a no that can reach this call has no phrase in the book. */
export function phrase<S extends Said>(book: Pick<Phrasebook, NoInfer<S>['code']>, said: S): Answer {
  const word = (book as Record<string, (facts: Said) => Answer>)[said.code]
  if (!word) throw new Error(`no phrase for ${said.code}`)
  return word(said)
}
