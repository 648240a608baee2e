import type { ClaimKind } from '../core/ports.ts'
import { canonical } from '../core/users/text.ts'
import type { User, UserId } from '../core/users/user.ts'
import { first, type Queries, statement } from './queries.ts'

/** One name that only one live user may hold. `value` is canonical. */
export interface Claim {
  readonly kind: ClaimKind
  readonly value: string
}

/** What a user holds: a deleted one holds nothing. */
export function claimsOf(user: Pick<User, 'email' | 'username' | 'deletion'>): Claim[] {
  if (user.deletion !== null) return []
  const claims: Claim[] = []
  if (user.email !== null) claims.push({ kind: 'email', value: canonical(user.email) })
  if (user.username !== null) claims.push({ kind: 'username', value: canonical(user.username) })
  return claims
}

export async function findClaim(queries: Queries, kind: ClaimKind, value: string): Promise<UserId | null> {
  const row = await first(queries.all(find, { kind, value: canonical(value) }))
  return row?.user_id ?? null
}

/**
 * Gives up what is no longer held, then claims what is new, in sorted order so that no two transactions wait for each other in a circle.
 * The key of the table is the only rule of uniqueness. Answers the kind of the first claim that somebody else holds; the caller refuses,
 * and the transaction takes everything back.
 */
export async function moveClaims(
  queries: Queries,
  userId: UserId,
  before: readonly Claim[],
  after: readonly Claim[],
): Promise<ClaimKind | null> {
  for (const claim of missingFrom(after, before)) await queries.run(release, { ...claim, userId })
  for (const claim of missingFrom(before, after)) {
    const claimed = await queries.all(take, { ...claim, userId })
    if (claimed.length === 0) return claim.kind
  }
  return null
}

function missingFrom(others: readonly Claim[], claims: readonly Claim[]): Claim[] {
  const key = ({ kind, value }: Claim) => `${kind}:${value}`
  const held = new Set(others.map(key))
  return claims.filter((claim) => !held.has(key(claim))).sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

const find = statement((sql, p: Claim) =>
  sql.selectFrom('claims').select('user_id').where('kind', '=', p.kind).where('value', '=', p.value),
)

const take = statement((sql, p: Claim & { userId: UserId }) =>
  sql
    .insertInto('claims')
    .values({ kind: p.kind, value: p.value, user_id: p.userId })
    .onConflict((conflict) => conflict.columns(['kind', 'value']).doNothing())
    .returning('user_id'),
)

const release = statement((sql, p: Claim & { userId: UserId }) =>
  sql.deleteFrom('claims').where('kind', '=', p.kind).where('value', '=', p.value).where('user_id', '=', p.userId),
)
