import { changesBetween, type Values } from './merge.ts'
import type { Version } from './save-merging.ts'

/** What stands in a form. */
export interface Typed {
  /** What it was typed over. */
  readonly base: Version
  readonly values: Values
  /** Why it cannot be saved as it was typed. */
  readonly fault: string | null
  /** Is another one whenever what was typed has given way to something else. */
  readonly edition: string
}

let editions = 0

export function newEdition(): string {
  editions += 1
  return `typed ${editions}`
}

export function isChanged({ base, values, fault }: Typed): boolean {
  return fault !== null || differ(base.values, values)
}

export function differ(one: Values, other: Values): boolean {
  return changesBetween(one, other).size > 0
}

/** An empty text is nothing. */
export function withField(values: Values, field: string, text: string): Values {
  const { [field]: _, ...others } = values
  return text === '' ? others : { ...others, [field]: text }
}

interface Saved {
  readonly version: Version
  readonly fromThem: readonly string[]
}

/**
 * What stands in a form when what was sent of it is saved: what was typed meanwhile stays, null where nothing was.
 * What others changed is not put under the hands of whoever types. The form stays over the version before it then, and the next save brings both together.
 */
export function typedSince(sent: Values, typed: Typed, { version, fromThem }: Saved): Typed | null {
  const { base, values, fault } = typed
  if (fault === null && !differ(sent, values)) return null
  const since = changesBetween(sent, values)
  const isHeld = (field: string) => fault !== null || fromThem.includes(field)
  const held = new Map([...changesBetween(version.values, sent)].filter(([field]) => isHeld(field)))
  const over = withFields(version.values, held)
  const kept = fault === null ? withFields(over, since) : values
  return {
    base: held.size === 0 ? version : { ...base, values: over },
    values: kept,
    fault,
    edition: differ(kept, values) ? newEdition() : typed.edition,
  }
}

function withFields(values: Values, fields: ReadonlyMap<string, string | undefined>): Values {
  let all = values
  for (const [field, text] of fields) all = withField(all, field, text ?? '')
  return all
}
