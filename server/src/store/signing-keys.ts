import type { KeptSigningKey, SigningKeyStore } from '../core/ports.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import { type Queries, statement } from './queries.ts'
import type { Sealed } from './tables.ts'

/** Every key whose tokens may still be alive, newest first. */
export async function signingKeys(queries: Queries): Promise<KeptSigningKey[]> {
  const rows = await queries.all(everyKey, {})
  return rows.map((row) => ({
    kid: row.kid,
    privateJwk: queries.unseal(row.private_jwk, context(row.kid)),
    publicJwk: row.public_jwk,
    createdAtMs: row.created_at,
    retiredAtMs: row.retired_at,
  }))
}

/** Nobody has this id: a change of the keys is told as one of theirs, so that it is answered when every node has heard of it. */
export const signingKeysTouch = '00000000-0000-0000-0000-000000000000' as UserId

export function signingKeyStore(queries: Queries, touched: Map<UserId, Touch>): SigningKeyStore {
  return {
    async all() {
      await queries.run(takeTurns, {})
      return signingKeys(queries)
    },
    async add(key) {
      touched.set(signingKeysTouch, 'record')
      await queries.run(insert, { ...key, privateJwk: queries.seal(key.privateJwk, context(key.kid)) })
    },
    async retire(kid, at) {
      await queries.run(retire, { kid, at })
    },
    async forget(kid) {
      touched.set(signingKeysTouch, 'record')
      await queries.run(forget, { kid })
    },
  }
}

function context(kid: string): string {
  return `signing_keys.private_jwk:${kid}`
}

/** Whoever changes the keys holds this row until the transaction ends, so that two nodes never make a first key each. */
const takeTurns = statement((sql, _: object) =>
  sql
    .insertInto('facts')
    .values({ name: 'signing_keys', value: 'held' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: 'held' })),
)

const everyKey = statement((sql, _: object) =>
  sql.selectFrom('signing_keys').selectAll().orderBy('created_at', 'desc').orderBy('kid'),
)

const insert = statement((sql, p: Omit<KeptSigningKey, 'privateJwk'> & { privateJwk: Sealed }) =>
  sql.insertInto('signing_keys').values({
    kid: p.kid,
    private_jwk: p.privateJwk,
    public_jwk: p.publicJwk,
    created_at: p.createdAtMs,
    retired_at: p.retiredAtMs,
  }),
)

const retire = statement((sql, p: { kid: string; at: number }) =>
  sql.updateTable('signing_keys').set({ retired_at: p.at }).where('kid', '=', p.kid).where('retired_at', 'is', null),
)

const forget = statement((sql, p: { kid: string }) => sql.deleteFrom('signing_keys').where('kid', '=', p.kid))
