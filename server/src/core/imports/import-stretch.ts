import { grant, type Outcome } from '../outcome.ts'
import type { Core, Store, Transaction } from '../ports.ts'
import type { EntryRefusal } from '../refusals.ts'
import type { Imported } from '../users/add-arrivals.ts'

/** Some lines of an import that can be gone on with: how far it came is kept in the transaction that adds whoever stands in them. */
export interface ImportStretch {
  readonly name: string
  /** The last line before these, 0 for none. */
  readonly after: number
  readonly upTo: number
  /** Of all lines up to there. */
  readonly digest: string
  /** The number of each line, by its place. */
  readonly lines: readonly number[]
  /** What became of the lines up to this one has been told. */
  readonly toldUpTo: number
}

/** How far an import came, and what came of it. */
export interface ImportReached {
  readonly line: number
  readonly digest: string
  readonly added: number
  readonly mailed: number
  readonly organizations: number
  readonly refused: number
  /** Lines that were refused, and of which nobody may have been told yet. */
  readonly untold: readonly RefusedLine[]
}

export interface RefusedLine {
  /** From 1. */
  readonly line: number
  readonly refusal: EntryRefusal
}

/** Null for an import that has not begun, or has ended. */
export async function importReached(
  { directory }: Pick<Core, 'directory'>,
  name: string,
): Promise<ImportReached | null> {
  return read(await directory.facts.valueOf(factOf(name)))
}

/** Where the import is, if these lines are the next: null when it is elsewhere, because another command is at it. */
export async function reachedBefore(store: Store, { name, after }: ImportStretch): Promise<ImportReached | null> {
  const reached = read(await store.facts.valueOf(factOf(name))) ?? nowhere
  return reached.line === after ? reached : null
}

export async function keepReached(
  store: Store,
  { before, stretch }: { before: ImportReached; stretch: ImportStretch },
  { added, mailed, organizations, refused }: Imported,
): Promise<void> {
  const { name, upTo: line, digest, lines, toldUpTo } = stretch
  const untold = [
    ...before.untold.filter((one) => one.line > toldUpTo),
    ...refused.map(({ place, refusal }) => ({ line: lines[place] ?? 0, refusal })),
  ]
  const sums = {
    added: before.added + added,
    mailed: before.mailed + mailed,
    organizations: before.organizations + organizations,
    refused: before.refused + refused.length,
  }
  await store.facts.keep(factOf(name), JSON.stringify({ line, digest, ...sums, untold } satisfies ImportReached))
}

/** An import that has ended is begun anew when its file is imported again. */
export async function commitEndImport(
  { store }: Transaction,
  { name }: { readonly name: string },
): Promise<Outcome<null, never>> {
  await store.facts.forget(factOf(name))
  return grant(null)
}

const nowhere: ImportReached = { line: 0, digest: '', added: 0, mailed: 0, organizations: 0, refused: 0, untold: [] }

function factOf(name: string): string {
  return `import ${name}`
}

function read(value: string | null): ImportReached | null {
  return value === null ? null : { ...nowhere, ...(JSON.parse(value) as Partial<ImportReached>) }
}
