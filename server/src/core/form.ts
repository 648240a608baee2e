import type { Refused } from './outcome.ts'
import type { Fault, Flaw, RefusalOf } from './refusals.ts'
import type { Parsed } from './users/text.ts'

/**
 * What was asked, as far as the contract could read it, with the faults it met. A use-case decides permission first, then reads the values,
 * and refuses with the faults of both at once.
 */
export interface Form<Values extends object> {
  readonly values: Partial<Values>
  readonly faults: readonly Fault[]
}

export function form<Values extends object>(values: Partial<Values>, faults: readonly Fault[] = []): Form<Values> {
  return { values, faults }
}

/** Collects the faults of one form while its values are parsed. */
export interface Reading {
  readonly faults: Fault[]
  add(field: string, flaw: Flaw): void
  /** The parsed value; undefined when it is flawed or was not sent. */
  read<Sent, T>(field: string, sent: Sent | undefined, parse: (sent: Sent) => Parsed<T>): T | undefined
  /** Notes that a field is missing, unless the contract already found fault with it. */
  need(field: string, sent: unknown): void
}

export function startReading(met: readonly Fault[]): Reading {
  const faults = [...met]
  return {
    faults,
    add: (field, flaw) => faults.push({ field, ...flaw }),
    read(field, sent, parse) {
      if (sent === undefined) return undefined
      const parsed = parse(sent)
      if ('value' in parsed) return parsed.value
      faults.push({ field, ...parsed.flaw })
      return undefined
    },
    need(field, sent) {
      if (sent !== undefined || faults.some((fault) => fault.field === field || fault.field === '')) return
      faults.push({ field, flaw: 'missing' })
    },
  }
}

export function invalid(faults: readonly Fault[]): Refused<RefusalOf<'invalid'>> {
  return { ok: false, refusal: { code: 'invalid', faults } }
}
