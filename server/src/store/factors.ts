import { sql as raw } from '#kysely'
import type { Factor, FactorId, KeptFactor, Passkey } from '../core/factors/factor.ts'
import type { FactorReads, FactorStore } from '../core/factors/ports.ts'
import type { UserId } from '../core/users/user.ts'
import { first, type Queries, statement } from './queries.ts'
import type { FactorsTable } from './tables.ts'

export function factorReads(queries: Queries): FactorReads {
  const keptOf = async (userId: UserId) => (await queries.all(byUser, { userId })).map((row) => keptFrom(queries, row))
  return {
    async guards(userId) {
      return (await queries.all(anyConfirmed, { userId })).length > 0
    },
    async ofUser(userId) {
      const kept = await keptOf(userId)
      const left = await first(queries.all(codesLeft, { userId }))
      return { factors: kept.map(({ factor }) => factor), recoveryCodesLeft: left?.n ?? 0 }
    },
    keptOf,
    async passkeyBy(credentialDigest) {
      const row = await first(queries.all(byCredential, { credentialDigest }))
      const kept = row === undefined ? null : keptFrom(queries, row)
      return kept?.kind === 'passkey' ? kept : null
    },
  }
}

/** Of many users, in order of creation. */
export async function keptFactorsOf(queries: Queries, userIds: readonly UserId[]): Promise<KeptFactor[]> {
  if (userIds.length === 0) return []
  const some = queries.sql
    .selectFrom('factors')
    .selectAll()
    .where('user_id', 'in', [...userIds])
  return (await queries.query(some.orderBy('id'))).map((row) => keptFrom(queries, row))
}

export function factorStore(queries: Queries): FactorStore {
  const add = async (factor: Factor, proof: Proof, more: Pick<NewFactor, 'credentialDigest' | 'counter'>) => {
    const content = queries.seal(JSON.stringify({ name: factor.name, ...proof }), context(factor.id))
    return (await queries.all(insert, { ...factor, ...more, content })).length === 1
  }
  const did = async (change: ReturnType<Queries['run']>) => (await change) === 1
  return {
    ...factorReads(queries),
    async addTotp(factor, secret) {
      await queries.run(dropUnconfirmed, { userId: factor.userId })
      return add(factor, { secret }, { credentialDigest: null, counter: 0 })
    },
    addPasskey: (factor, { signCount, ...passkey }, credentialDigest) =>
      add(factor, { passkey }, { credentialDigest, counter: signCount }),
    keep: (kept, credentialDigest) => add(kept.factor, proofOf(kept), { credentialDigest, counter: counterOf(kept) }),
    confirmTotp: (id, step, at) => did(queries.run(confirm, { id, step, at })),
    useTotp: (id, step, at) => did(queries.run(count, { id, counter: step, at })),
    usePasskey: (id, signCount, at) =>
      did(queries.run(signCount === 0 ? noteUse : count, { id, counter: signCount, at })),
    async remove(userId, id) {
      const row = await first(queries.all(drop, { userId, id }))
      return row === undefined ? null : keptFrom(queries, row).factor
    },
    async replaceRecoveryCodes(userId, digests) {
      await queries.run(dropCodes, { userId })
      for (const digest of digests) await queries.run(insertCode, { userId, digest })
    },
    useRecoveryCode: (userId, digest, at) => did(queries.run(useCode, { userId, digest, at })),
    async forget(userId) {
      await queries.run(dropAll, { userId })
      await queries.run(dropCodes, { userId })
    },
    async forgetUnconfirmed(before) {
      await queries.run(dropOld, { before })
    },
  }
}

/** What verifies a factor; sealed with its name. */
type Proof = { readonly secret: string } | { readonly passkey: Omit<Passkey, 'signCount'> }

function proofOf(kept: KeptFactor): Proof {
  if (kept.kind === 'totp') return { secret: kept.secret }
  const { signCount: _, ...passkey } = kept.passkey
  return { passkey }
}

/** Of an app, the step that follows the last use: whatever code it had shown by then is spent. */
function counterOf(kept: KeptFactor): number {
  if (kept.kind === 'passkey') return kept.passkey.signCount
  const { lastUsedAtMs } = kept.factor
  return lastUsedAtMs === null ? 0 : Math.floor(lastUsedAtMs / stepMs) + 1
}

const stepMs = 30_000

type NewFactor = Omit<Factor, 'name'> & {
  content: FactorsTable['content']
  credentialDigest: string | null
  counter: number
}

function keptFrom(queries: Queries, row: FactorsTable): KeptFactor {
  const content = JSON.parse(queries.unseal(row.content, context(row.id))) as { name: string } & Proof
  const factor: Factor = {
    id: row.id,
    userId: row.user_id,
    kind: row.kind,
    name: content.name,
    createdAtMs: row.created_at,
    confirmedAtMs: row.confirmed_at,
    lastUsedAtMs: row.last_used_at,
  }
  return 'secret' in content
    ? { kind: 'totp', factor, secret: content.secret }
    : { kind: 'passkey', factor, passkey: { ...content.passkey, signCount: row.counter } }
}

function context(id: FactorId): string {
  return `factors.content:${id}`
}

const byUser = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('factors').selectAll().where('user_id', '=', p.userId).orderBy('id'),
)

const byCredential = statement((sql, p: { credentialDigest: string }) =>
  sql.selectFrom('factors').selectAll().where('credential_digest', '=', p.credentialDigest),
)

const anyConfirmed = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('factors').select('id').where('user_id', '=', p.userId).where('confirmed_at', 'is not', null).limit(1),
)

const codesLeft = statement((sql, p: { userId: UserId }) =>
  sql
    .selectFrom('recovery_codes')
    .select(raw<number>`cast(count(*) as bigint)`.as('n'))
    .where('user_id', '=', p.userId)
    .where('used_at', 'is', null),
)

/** Whatever rule of uniqueness stands in the way: one app for each user, one owner for each credential. */
const insert = statement((sql, p: NewFactor) =>
  sql
    .insertInto('factors')
    .values({
      id: p.id,
      user_id: p.userId,
      kind: p.kind,
      content: p.content,
      credential_digest: p.credentialDigest,
      counter: p.counter,
      created_at: p.createdAtMs,
      confirmed_at: p.confirmedAtMs,
      last_used_at: p.lastUsedAtMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
)

const confirm = statement((sql, p: { id: FactorId; step: number; at: number }) =>
  sql
    .updateTable('factors')
    .set({ confirmed_at: p.at, last_used_at: p.at, counter: p.step })
    .where('id', '=', p.id)
    .where('confirmed_at', 'is', null),
)

const count = statement((sql, p: { id: FactorId; counter: number; at: number }) =>
  sql
    .updateTable('factors')
    .set({ counter: p.counter, last_used_at: p.at })
    .where('id', '=', p.id)
    .where('confirmed_at', 'is not', null)
    .where('counter', '<', p.counter),
)

/** A passkey that does not count says 0 each time, and never began to count. */
const noteUse = statement((sql, p: { id: FactorId; counter: number; at: number }) =>
  sql
    .updateTable('factors')
    .set({ last_used_at: p.at })
    .where('id', '=', p.id)
    .where('confirmed_at', 'is not', null)
    .where('counter', '=', p.counter),
)

const drop = statement((sql, p: { userId: UserId; id: FactorId }) =>
  sql.deleteFrom('factors').where('id', '=', p.id).where('user_id', '=', p.userId).returningAll(),
)

const dropUnconfirmed = statement((sql, p: { userId: UserId }) =>
  sql.deleteFrom('factors').where('user_id', '=', p.userId).where('confirmed_at', 'is', null),
)

const dropAll = statement((sql, p: { userId: UserId }) => sql.deleteFrom('factors').where('user_id', '=', p.userId))

const dropOld = statement((sql, p: { before: number }) =>
  sql.deleteFrom('factors').where('confirmed_at', 'is', null).where('created_at', '<', p.before),
)

const insertCode = statement((sql, p: { userId: UserId; digest: string }) =>
  sql.insertInto('recovery_codes').values({ user_id: p.userId, digest: p.digest, used_at: null }),
)

const dropCodes = statement((sql, p: { userId: UserId }) =>
  sql.deleteFrom('recovery_codes').where('user_id', '=', p.userId),
)

const useCode = statement((sql, p: { userId: UserId; digest: string; at: number }) =>
  sql
    .updateTable('recovery_codes')
    .set({ used_at: p.at })
    .where('user_id', '=', p.userId)
    .where('digest', '=', p.digest)
    .where('used_at', 'is', null),
)
