import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { houseRule } from '../credentials/password-rule.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { readNewUser } from './create-user.ts'
import type { NewUser } from './user.ts'

export interface RegistrationValues {
  email: string
  password: string
  firstName: string
  lastName: string
}

/**
 * Asks for an account: a pending user of role user. Whether the address is known already shows neither in the answer nor in the work done
 * for it: the password is hashed and a transaction writes in either case.
 */
export async function registerUser(
  core: Pick<Core, 'commit' | 'passwords' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  form: Form<RegistrationValues>,
): Promise<Outcome<null, 'invalid' | 'busy'>> {
  const reading = startReading(form.faults)
  const { user, password } = readNewUser(core, form.values, reading, houseRule, await core.passwords.common())
  reading.need('password', form.values.password)
  if (reading.faults.length > 0 || password === undefined) return invalid(reading.faults)
  const hashed = await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  return core.commit('register-user', { actor, user, passwordHash: hashed.value })
}

export async function commitRegisterUser(
  transaction: Transaction,
  { actor, user, passwordHash }: { actor: Actor; user: NewUser; passwordHash: string },
): Promise<Outcome<null, never>> {
  const { store, nowMs } = transaction
  const added = await store.users.add(user)
  if (!added.ok) {
    const holder = user.email === null ? null : await store.users.byClaim('email', user.email)
    if (holder !== null) await record(transaction, actor, holder.id, 'registration_repeated')
    return grant(null)
  }
  await store.credentials.setPassword(user.id, passwordHash, nowMs)
  await record(transaction, actor, user.id, 'created')
  return grant(null)
}
