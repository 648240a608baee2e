import { ApiError } from '@sudigital/client'
import { type Clash, changesBetween, merge, type Values } from './merge.ts'

/** A record as it was read: what stands in it, and which version that is. */
export interface Version {
  readonly values: Values
  readonly etag: string | null
  /** When it was last changed. */
  readonly updatedAt: string
}

export interface Saving {
  /** Reads the record anew. */
  read(): Promise<Version>
  /** Saves what changed, if the version is still this one. Answers what the record says then of when it was last changed. */
  send(from: Version, to: Values): Promise<Pick<Version, 'updatedAt'>>
}

/** It was saved, or somebody has to choose first. In either case `fromThem` are the fields that somebody else changed and that were taken over. */
export type Outcome =
  | { readonly kind: 'saved'; readonly version: Version; readonly fromThem: readonly string[] }
  | {
      readonly kind: 'clash'
      readonly version: Version
      readonly fromThem: readonly string[]
      readonly clashes: readonly Clash[]
      /** What will be saved, with yours where both changed the same. */
      readonly values: Values
      /** When the record was last changed before they changed it. */
      readonly since: string
    }

const roundsMax = 5

export interface Wanted {
  readonly from: Version
  readonly to: Values
  /** The fields that were taken over from somebody else before. */
  readonly fromThem?: readonly string[]
}

/** Saves what changed since a version was read. If somebody else saved first, what only one of the two changed is brought together, and saved against theirs. */
export async function saveMerging(
  { read, send }: Saving,
  { from, to, fromThem: before = [] }: Wanted,
): Promise<Outcome> {
  let [base, wanted] = [from, to]
  const fromThem = new Set(before)
  for (let round = 1; ; round += 1) {
    try {
      const hasChanges = changesBetween(base.values, wanted).size > 0
      const { updatedAt } = hasChanges ? await send(base, wanted) : base
      const version = await read()
      // The server may write what it was sent a little differently; what differs when it was changed once more is theirs.
      if (version.updatedAt !== updatedAt) {
        for (const field of changesBetween(wanted, version.values).keys()) fromThem.add(field)
      }
      return { kind: 'saved', version, fromThem: [...fromThem] }
    } catch (error) {
      if (!isStale(error) || round === roundsMax) throw error
    }
    const theirs = await read()
    const merged = merge(base.values, theirs.values, wanted)
    for (const field of merged.fromThem) fromThem.add(field)
    if (merged.clashes.length > 0) {
      const { clashes, values } = merged
      return { kind: 'clash', version: theirs, fromThem: [...fromThem], clashes, values, since: from.updatedAt }
    }
    base = theirs
    wanted = merged.values
  }
}

function isStale(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'PRECONDITION_FAILED'
}
