import { provePassword } from '../credentials/prove-password.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { type InPerson, stillInPerson } from '../sessions/in-person.ts'
import type { User } from '../users/user.ts'

/** Looks at a password that was sent as a proof; null when none was. */
export async function provePasswordAgain(
  core: Pick<Core, 'commit' | 'directory' | 'guesses' | 'later' | 'passwords'>,
  { actor, id }: InPerson,
  password: string | undefined,
): Promise<Outcome<string | null, 'too_many_guesses' | 'busy' | 'wrong_current_password'>> {
  if (password === undefined) return grant(null)
  const user = await core.directory.users.byId(id)
  const proved = await provePassword(core, actor, { name: null, user, password })
  if (proved.ok) return grant(proved.value.verifiedHash)
  const { refusal } = proved
  return refuse(refusal.code === 'wrong_credentials' ? { code: 'wrong_current_password' } : refusal)
}

/**
 * The user, if whoever holds the session has shown lately that they are the user: by a sign-in or, as long as that would be enough to sign in, by
 * the password. A session that was left open, or stolen, changes no factors.
 */
export async function ownerProved(
  transaction: Transaction,
  owner: InPerson,
  verifiedHash: string | null,
): Promise<Outcome<User, 'unauthenticated' | 'proof_needed'>> {
  const { store, nowMs } = transaction
  const stands = await stillInPerson(transaction, owner)
  if (!stands.ok) return stands
  const { user, session } = stands.value
  if (nowMs - session.createdAtMs <= limits.freshSignInMs) return grant(user)
  if (await store.factors.guards(user.id)) return refuse({ code: 'proof_needed', by: 'sign_in' })
  const isProved = verifiedHash !== null && (await store.credentials.passwordHash(user.id)) === verifiedHash
  return isProved ? grant(user) : refuse({ code: 'proof_needed', by: 'sign_in_or_password' })
}
