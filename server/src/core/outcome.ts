import type { Refusal, RefusalCode, RefusalOf } from './refusals.ts'

/** What a use-case answers: the value asked for, or one of the refusals that its signature names. */
export type Outcome<T, Code extends RefusalCode> = Granted<T> | Refused<RefusalOf<Code>>

export type Granted<T> = { readonly ok: true; readonly value: T }
export type Refused<R extends Refusal> = { readonly ok: false; readonly refusal: R }

/** A value that is at hand already on the embedded engine and under way on the other. */
export type Eventually<T> = T | Promise<T>

/** Goes on at once where the value is at hand: most requests are authenticated without waiting for anything. */
export function andThen<T, Next>(value: Eventually<T>, next: (value: T) => Eventually<Next>): Eventually<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}

export function grant<T>(value: T): Granted<T> {
  return { ok: true, value }
}

export function refuse<R extends Refusal>(refusal: R): Refused<R> {
  return { ok: false, refusal }
}
