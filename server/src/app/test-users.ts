import { openPasswordHasher } from '../adapters/password-hash.ts'
import type { CredentialReads, Passwords } from '../core/credentials/ports.ts'
import type { UserReads } from '../core/ports.ts'
import { testUsers } from './first-users.ts'
import { passwordsBy } from './passwords.ts'

type TestUser = (typeof testUsers)[number]

/** The documented test users who are active and still have the password that anybody can read in the documentation. */
export async function standingTestUsers(
  { users, credentials }: { users: Pick<UserReads, 'byClaim'>; credentials: CredentialReads },
  passwords: Pick<Passwords, 'verify'>,
): Promise<TestUser[]> {
  const standing = await Promise.all(
    testUsers.map(async ({ email, password }) => {
      const user = await users.byClaim('email', email)
      if (user?.status !== 'active') return false
      const verified = await passwords.verify(await credentials.passwordHash(user.id), password)
      return !verified.ok || verified.value
    }),
  )
  return testUsers.filter((_, at) => standing[at])
}

/** For programs that have no directory open. */
export async function withPasswords<T>(work: (passwords: Passwords) => Promise<T>): Promise<T> {
  await using hasher = openPasswordHasher()
  return await work(passwordsBy(hasher))
}
