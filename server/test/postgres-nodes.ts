import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { deriveKeys, newDirectoryKey, openSealer } from '../src/adapters/keys.ts'
import { system } from '../src/core/actor.ts'
import { noParticulars } from '../src/core/users/create-user.ts'
import type { Email, NewUser, Particulars, UserId } from '../src/core/users/user.ts'
import type { Engine } from '../src/store/engines/engine.ts'
import { openPostgres } from '../src/store/engines/postgres/engine.ts'
import { freshDatabase } from './postgres.ts'

export const sealer = openSealer(deriveKeys(newDirectoryKey()).seal)

export interface World extends AsyncDisposable {
  readonly url: string
  /** Somebody who looks at the database from outside. */
  readonly outside: pg.Client
  /** Another node of this directory, by way of `url` if one is given. */
  node(url?: string): Promise<Node>
}

/** An engine that notes down what it was told. */
export interface Node extends Engine {
  readonly told: (readonly UserId[] | 'everybody')[]
}

/** A directory in a database of its own, without a node yet. */
export async function openWorld(): Promise<World> {
  await using opened = new AsyncDisposableStack()
  const { url } = opened.use(await freshDatabase())
  const outside = opened.adopt(new pg.Client({ connectionString: url }), (client) => client.end())
  await outside.connect()
  const world = opened.move()
  return {
    url,
    outside,
    async node(way = url) {
      const engine = world.adopt(await openPostgres({ url: way, sealer }), (one) => one.close())
      const told: Node['told'] = []
      engine.onTouched((who) => told.push(who))
      return { ...engine, told }
    },
    [Symbol.asyncDispose]: () => world.disposeAsync(),
  }
}

export const somebody: Particulars = noParticulars

export function newUser(name: string, particulars: Particulars = somebody): NewUser {
  return {
    id: randomUUID() as UserId,
    email: `${name}@example.com` as Email,
    username: null,
    firstName: name,
    lastName: null,
    role: 'user',
    status: 'active',
    emailVerified: true,
    version: 1,
    createdAtMs: 1,
    updatedAtMs: 1,
    lastLoginAtMs: null,
    deletion: null,
    particulars,
  }
}

/** Adds somebody who can sign in with the password that `hash` stands for. */
export async function add(engine: Engine, user: NewUser): Promise<NewUser> {
  const created = await engine.commit('create-user', { actor: system, user, passwordHash: 'hash' }, 1)
  if (!created.ok) throw new Error(created.refusal.code)
  return user
}

export async function setStatus(engine: Engine, id: UserId, status: 'active' | 'inactive'): Promise<void> {
  const set = await engine.commit('set-user-status', { actor: system, id, status }, 2)
  if (!set.ok) throw new Error(set.refusal.code)
}
