import { ask, type Connection } from './connections.ts'

/** The database answers, but Roster cannot keep a directory in it; the message says what to do. */
export class DatabaseUnsuitable extends Error {
  override readonly name = 'DatabaseUnsuitable'
}

export interface DatabaseFacts {
  readonly database: string
  /** As in `server_encoding`. */
  readonly encoding: string
  /** As in `server_version_num`: 150004 is 15.4. */
  readonly versionNumber: number
}

const oldestMajor = 15

export async function checkSuitability(connection: Connection): Promise<void> {
  const { rows } = await ask(connection, {
    text: `select current_database() as database, current_setting('server_encoding') as encoding,
      current_setting('server_version_num')::integer as "versionNumber"`,
  })
  const complaint = complaintAbout(rows[0] as DatabaseFacts)
  if (complaint !== null) throw new DatabaseUnsuitable(complaint)
}

/** What stands in the way, with the remedy; null when nothing does. */
export function complaintAbout({ database, encoding, versionNumber }: DatabaseFacts): string | null {
  const major = Math.floor(versionNumber / 10_000)
  if (major < oldestMajor) {
    return `The server is PostgreSQL ${major}; Roster needs ${oldestMajor} or later. Upgrade the server or point DATABASE_URL to another one.`
  }
  if (encoding !== 'UTF8') {
    return (
      `The database "${database}" has the encoding ${encoding}, which cannot keep every name; Roster needs UTF8. Make a new one: ` +
      `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';`
    )
  }
  return null
}
