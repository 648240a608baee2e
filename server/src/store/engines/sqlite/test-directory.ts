import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ListQuestion } from '../../../core/ports.ts'
import { noParticulars } from '../../../core/users/create-user.ts'
import { nobodyLeftOut } from '../../../core/users/list-users.ts'
import type { Email, NewUser, UserId, Username } from '../../../core/users/user.ts'
import { openSqlite, type SqliteOptions } from './engine.ts'

export const fileKey = Buffer.alloc(32, 7)

export const everybody: ListQuestion & { known: null } = {
  filter: nobodyLeftOut,
  order: { by: 'number', direction: 'asc' },
  from: { offset: 0 },
  limit: 100,
  count: true,
  known: null,
}

/** A directory of its own for one test, gone with it. */
export async function temporaryDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'roster-'))
  return {
    path,
    file: join(path, 'roster.db'),
    async open(options: Partial<SqliteOptions> = {}) {
      const engine = await openSqlite({ directory: path, fileKey, ...options })
      return Object.assign(engine, { [Symbol.asyncDispose]: engine.close })
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  }
}

/** The n-th of any number of people. */
export function person(
  n: number,
  differently: { email?: string; username?: string; firstName?: string } = {},
): NewUser {
  return {
    id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}` as UserId,
    email: (differently.email ?? `person-${n}@example.org`) as Email,
    username: (differently.username ?? `person-${n}`) as Username,
    firstName: differently.firstName ?? 'Ada',
    lastName: 'Lovelace',
    role: 'user',
    status: 'active',
    emailVerified: false,
    version: 1,
    createdAtMs: n,
    updatedAtMs: n,
    lastLoginAtMs: null,
    deletion: null,
    particulars: noParticulars,
  }
}
