/** What is used of the package. Its own declarations cannot be reached: its map of exports leaves them out. */
declare module 'better-sqlite3-multiple-ciphers' {
  export default class Database {
    static readonly SqliteError: new () => Error & { readonly code: string }
    readonly inTransaction: boolean
    constructor(file: string, options?: { readonly?: boolean; timeout?: number })
    /** Comes before everything but the choice of the cipher. */
    key(key: Buffer): number
    pragma(pragma: string, options?: { simple?: boolean }): unknown
    exec(sql: string): this
    /** A function that SQL may call. */
    function(name: string, options: { deterministic: boolean }, answer: (value: unknown) => string | null): this
    prepare(sql: string): Statement
    /** The file's pages in clear, as they are. */
    serialize(): Buffer
    transaction(work: () => void): { immediate(): void }
    /** While it is on, what a virtual table keeps can be written. */
    unsafeMode(on: boolean): this
    close(): this
  }

  export interface Statement {
    /** Whether it returns rows. */
    readonly reader: boolean
    all(values?: readonly unknown[]): unknown[]
    iterate(values?: readonly unknown[]): IterableIterator<unknown>
    get(values?: readonly unknown[]): unknown
    run(values?: readonly unknown[]): { changes: number }
    /** Answers the first column in place of the row. */
    pluck(): this
  }
}
