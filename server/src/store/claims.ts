import type { ClaimKind, Name } from '../core/ports.ts'
import { canonical } from '../core/users/text.ts'
import type { User, UserId } from '../core/users/user.ts'
import { first, type Queries, statement } from './queries.ts'

/** A name whose `value` is canonical. */
export type Claim = Name

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

/** The claims among these that somebody has made. */
export async function findClaims(queries: Queries, names: readonly Name[]): Promise<Claim[]> {
  const { names: aside } = queries.dialect
  if (aside !== null) return aside.held(names.map(({ kind, value }) => ({ kind, value: canonical(value) })))
  const held: Claim[] = []
  for (const kind of ['email', 'username'] as const) {
    const values = names.filter((name) => name.kind === kind).map(({ value }) => canonical(value))
    for (let from = 0; from < values.length; from += claimsAtOnceMax) {
      const some = values.slice(from, from + claimsAtOnceMax)
      held.push(...(await queries.query(findMany(queries, kind, some))))
    }
  }
  return held
}

function findMany({ sql }: Queries, kind: ClaimKind, values: readonly string[]) {
  return sql.selectFrom('claims').select(['kind', 'value']).where('kind', '=', kind).where('value', 'in', values)
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

/** A claim, and who makes it. */
export interface Claimant extends Claim {
  readonly userId: UserId
  /** Theirs; null where it is not known. */
  readonly number: number | null
}

/**
 * The same for many users: everything is given up before anything is claimed. Answers whoever claims what somebody else holds; of claimants
 * of one name the first counts.
 */
export async function moveManyClaims(
  queries: Queries,
  moves: readonly {
    readonly userId: UserId
    readonly number: number | null
    readonly before: readonly Claim[]
    readonly after: readonly Claim[]
  }[],
): Promise<Claimant[]> {
  const of = (userId: UserId) => (claim: Claim) => ({ ...claim, userId })
  const released = moves.flatMap(({ userId, before, after }) => missingFrom(after, before).map(of(userId)))
  for (const claim of released.sort(byKey)) await queries.run(release, claim)
  const wanted = new Map<string, Claimant>()
  const refused: Claimant[] = []
  for (const { userId, number, before, after } of moves) {
    for (const { kind, value } of missingFrom(before, after)) {
      const claim = { kind, value, userId, number }
      const key = keyOf(claim)
      if (wanted.has(key)) refused.push(claim)
      else wanted.set(key, claim)
    }
  }
  const { names } = queries.dialect
  if (names !== null) return [...refused, ...names.take([...wanted.values()])]
  const keys = [...wanted.keys()].sort()
  return [
    ...refused,
    ...(await takeMany(
      queries,
      keys.map((key) => wanted.get(key) as Claimant),
    )),
  ]
}

const claimsAtOnceMax = 500

/** Answers those that somebody else holds. */
async function takeMany(queries: Queries, claims: readonly Claimant[]): Promise<Claimant[]> {
  const rows = claims.map(({ kind, value, userId }) => [kind, value, userId])
  if ((await queries.insertMany(into, rows)) === claims.length) return []
  const holders = new Map<string, UserId>()
  for (const kind of ['email', 'username'] as const) {
    const values = claims.filter((claim) => claim.kind === kind).map(({ value }) => value)
    for (let from = 0; from < values.length; from += claimsAtOnceMax) {
      const some = values.slice(from, from + claimsAtOnceMax)
      const held = await queries.query(findMany(queries, kind, some).select('user_id'))
      for (const claim of held) holders.set(keyOf(claim), claim.user_id)
    }
  }
  return claims.filter((claim) => holders.get(keyOf(claim)) !== claim.userId)
}

const into = { table: 'claims', columns: ['kind', 'value', 'user_id'] } as const

function keyOf({ kind, value }: Claim): string {
  return `${kind}:${value}`
}

function byKey(a: Claim, b: Claim): number {
  return keyOf(a) < keyOf(b) ? -1 : 1
}

function missingFrom(others: readonly Claim[], claims: readonly Claim[]): Claim[] {
  if (others.length === 0) return claims.toSorted(byKey)
  const held = new Set(others.map(keyOf))
  return claims.filter((claim) => !held.has(keyOf(claim))).sort(byKey)
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
