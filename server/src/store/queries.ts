import type { Compilable, Kysely, RawBuilder, SelectQueryBuilder, SqlBool } from '#kysely'
import type { Eventually } from '../core/outcome.ts'
import type { LetterCase } from '../core/users/letter-case.ts'
import type { Claim, Claimant } from './claims.ts'
import type { SearchIndex } from './search-index.ts'
import type { Sealed, SealedBytes, Tables } from './tables.ts'

/**
 * A query written once and compiled once for each engine: building and compiling cost ten times what running it does. The builder is given
 * placeholders that have the types of the parameters; lists whose length varies are asked with `Queries.query` instead.
 */
export interface Statement<Parameters extends object, Row> {
  readonly build: (sql: Kysely<Tables>, parameters: Parameters, dialect: Dialect) => Compilable<Row>
}

export function statement<Parameters extends object, Row>(
  build: (sql: Kysely<Tables>, parameters: Parameters, dialect: Dialect) => Compilable<Row>,
): Statement<Parameters, Row> {
  return { build }
}

/** Rows that are put into a table many at a time. */
export interface Insert {
  readonly table: string
  readonly columns: readonly string[]
}

/** The few places where the engines' SQL differs. */
export interface Dialect {
  /** Holds the rows until the transaction ends, where rows are what is locked. */
  lock<Row>(query: SelectQueryBuilder<Tables, keyof Tables, Row>): SelectQueryBuilder<Tables, keyof Tables, Row>
  /** Holds them, and leaves out those that somebody else holds. */
  lockFree<Row>(query: SelectQueryBuilder<Tables, keyof Tables, Row>): SelectQueryBuilder<Tables, keyof Tables, Row>
  /** Holds a word until the transaction ends, whoever else wants to hold it: one of several that would otherwise all try the same. */
  holdWord(queries: Queries, word: string): Eventually<void>
  readonly search: SearchIndex
  /** Whatever number is given to a row from here on is greater than this one, which a row was given from outside. */
  numberOn(queries: Queries, table: 'users' | 'organizations', number: number): Eventually<void>
  /** So many numbers for the next users, in ascending order. Somebody may have brought one of them along. */
  nextNumbers(queries: Queries, count: number): Eventually<readonly number[]>
  /** Who has which name, where the table of claims is not kept; null where it is. */
  readonly names: NamesAside | null
  /** The letters of ASCII in lower case, all else as it is. */
  lowerAscii(text: RawBuilder<unknown>): RawBuilder<string>
  /** As `inCase` of the core has it. */
  inCase(text: RawBuilder<unknown>, letterCase: LetterCase): RawBuilder<string>
  /** Whether it is one of the numbers. */
  oneOf(number: RawBuilder<unknown>, numbers: readonly number[]): RawBuilder<SqlBool>
  /** Whether the part occurs in the text; every text holds the empty one. */
  contains(text: RawBuilder<unknown>, part: RawBuilder<unknown>): RawBuilder<SqlBool>
  /**
   * One of several ranges that are about to be merged, already in order: no more than its first rows can matter. Said only where the engine would
   * otherwise sort all of them; the other reads ranges side by side, and no further than it has to.
   */
  nearest<Row>(
    range: RangeOf<Row>,
    inOrder: (range: RangeOf<Row>) => RangeOf<Row>,
    rows: RawBuilder<number>,
  ): RangeOf<Row>
}

export type RangeOf<Row> = SelectQueryBuilder<Tables, 'users', Row>

/** Who has which name while a directory is filled, and nobody gives one up. */
export interface NamesAside {
  /** Answers those that somebody else holds; the others are held from here on. */
  take(claims: readonly Claimant[]): Claimant[]
  held(claims: readonly Claim[]): Claim[]
}

/** One connection, or one open transaction, as the store sees it. On the embedded engine the answers are at hand at once. */
export interface Queries {
  /** Builds queries for `query`; never runs one itself. */
  readonly sql: Kysely<Tables>
  readonly dialect: Dialect
  all<Parameters extends object, Row>(statement: Statement<Parameters, Row>, parameters: Parameters): Eventually<Row[]>
  /** The number of rows that changed. */
  run<Parameters extends object>(statement: Statement<Parameters, unknown>, parameters: Parameters): Eventually<number>
  /**
   * Puts rows into a table, their values in the order of the columns, and leaves out those that something is in the way of. Answers how many are in.
   * When it throws, some may be: whoever runs the transaction takes them back.
   */
  insertMany(insert: Insert, rows: readonly (readonly unknown[])[]): Eventually<number>
  /** A query whose shape depends on the question; compiled each time. */
  query<Row>(compilable: Compilable<Row>): Eventually<Row[]>
  /**
   * Adds up the `hits` of the rows, for so long; `isWhole` tells whether that was long enough. In a reading aside only.
   */
  tally(compilable: Compilable<{ hits: number }>, msMax: number): Eventually<Tally>
  /** What `query` answers, or null when it would take longer and can be broken off. In a reading aside only. */
  queryInTime<Row>(compilable: Compilable<Row>, msMax: number): Eventually<Row[] | null>
  /** Runs the work and, where it answers false, takes the open transaction back to where it began. Either takes as many statements. */
  attempt(work: () => Promise<boolean>): Promise<boolean>
  /** `context` names the table, the column and the row, so that a sealed value means nothing anywhere else. */
  seal(text: string, context: string): Sealed
  unseal(sealed: Sealed, context: string): string
  sealBytes(bytes: Uint8Array, context: string): SealedBytes
  unsealBytes(sealed: SealedBytes, context: string): Uint8Array
}

export interface Tally {
  readonly n: number
  readonly isWhole: boolean
}

export async function first<Row>(rows: Eventually<Row[]>): Promise<Row | undefined> {
  return (await rows)[0]
}
