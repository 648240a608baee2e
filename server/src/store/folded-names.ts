import { sql as raw, type SqlBool } from '#kysely'
import { limits } from '../core/limits.ts'
import { canonical } from '../core/users/text.ts'
import { type Queries, statement } from './queries.ts'

/** What stands in `folded_email` and `folded_username`: null where SQL's own `lower` comes to the same, as it does for ASCII. */
export function foldedName(name: string | null): string | null {
  if (name === null) return null
  const folded = canonical(name)
  return folded === name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) ? null : folded
}

/** Goes through everybody who has a name beyond ASCII, for a directory that was kept without these columns. */
export async function fillFoldedNames(queries: Queries): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await queries.all(beyondAscii, { after, limit: limits.searchFilledAtOnce })
    for (const { number, email, username } of rows)
      await queries.run(fold, { number, email: foldedName(email), username: foldedName(username) })
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.number
  }
}

const beyondAscii = statement((sql, p: { after: number; limit: number }) =>
  sql
    .selectFrom('users')
    .select(['number', 'email', 'username'])
    .where('number', '>', p.after)
    .where(raw<SqlBool>`(octet_length(email) <> length(email) or octet_length(username) <> length(username))`)
    .orderBy('number')
    .limit(p.limit),
)

const fold = statement((sql, p: { number: number; email: string | null; username: string | null }) =>
  sql.updateTable('users').set({ folded_email: p.email, folded_username: p.username }).where('number', '=', p.number),
)
