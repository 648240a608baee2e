/** Values by the names of their fields, as texts. What is not there is not set. */
export type Values = Readonly<Record<string, string>>

/** A field that both changed, to different values. Undefined is not set. */
export interface Clash {
  readonly field: string
  readonly before: string | undefined
  readonly theirs: string | undefined
  readonly yours: string | undefined
}

export interface Merged {
  /** What came of it, with yours where both changed the same. */
  readonly values: Values
  readonly clashes: readonly Clash[]
  /** The fields that only they changed. */
  readonly fromThem: readonly string[]
}

/** Brings two changes of the same record together: what only one of the two changed is as they changed it. */
export function merge(before: Values, theirs: Values, yours: Values): Merged {
  const values: Record<string, string> = {}
  const clashes: Clash[] = []
  const fromThem: string[] = []
  for (const field of namesIn(before, theirs, yours)) {
    const [was, their, your] = [before[field], theirs[field], yours[field]]
    const isTheirs = their !== was
    if (isTheirs && your === was) fromThem.push(field)
    else if (isTheirs && your !== their) clashes.push({ field, before: was, theirs: their, yours: your })
    const value = isTheirs && your === was ? their : your
    if (value !== undefined) values[field] = value
  }
  return { values, clashes, fromThem }
}

/** The fields that differ, with the value that each has in `to`. */
export function changesBetween(from: Values, to: Values): ReadonlyMap<string, string | undefined> {
  const differing = namesIn(from, to).filter((field) => from[field] !== to[field])
  return new Map(differing.map((field) => [field, to[field]]))
}

function namesIn(...all: readonly Values[]): string[] {
  return [...new Set(all.flatMap((values) => Object.keys(values)))]
}
