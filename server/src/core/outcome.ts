import type { Refusal, RefusalCode, RefusalOf } from './refusals.ts'

/** What a use-case answers: the value asked for, or one of the refusals that its signature names. */
export type Outcome<T, Code extends RefusalCode> = Granted<T> | Refused<RefusalOf<Code>>

export type Granted<T> = { readonly ok: true; readonly value: T }
export type Refused<R extends Refusal> = { readonly ok: false; readonly refusal: R }

/** A value that is at hand already on the embedded engine and under way on the other. */
export type Eventually<T> = T | Promise<T>

export function grant<T>(value: T): Granted<T> {
  return { ok: true, value }
}

export function refuse<R extends Refusal>(refusal: R): Refused<R> {
  return { ok: false, refusal }
}
