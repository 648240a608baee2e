import type { Actor } from '../actor.ts'
import { type PasswordRule, parseNewPassword, ruleInForce } from '../credentials/password-rule.ts'
import { commitSetPassword, type NewPasswordValues } from '../credentials/set-password.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { type Outcome, refuse } from '../outcome.ts'
import { isInPerson } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { findInCharge } from './charge.ts'
import type { Wanted } from './sight.ts'

type Refusals = 'not_allowed' | 'not_in_person' | 'user_not_found'

/** Gives somebody another password, which takes a session of one's own. All sessions of theirs end. */
export async function setFellowPassword(
  core: Pick<Core, 'commit' | 'directory' | 'passwords' | 'policy'>,
  actor: Actor,
  wanted: Wanted,
  { form, rule }: { form: Form<NewPasswordValues>; rule: PasswordRule },
): Promise<Outcome<null, Refusals | 'invalid' | 'busy'>> {
  if (!isInPerson(actor)) return refuse({ code: 'not_in_person' })
  const found = await findInCharge(core.directory, actor, wanted, 'users:roles')
  if (!found.ok && found.refusal.code === 'not_allowed') return refuse(found.refusal)
  const reading = startReading(form.faults)
  reading.need('newPassword', form.values.newPassword)
  const isCommon = await core.passwords.common()
  const password = reading.read('newPassword', form.values.newPassword, (sent) =>
    parseNewPassword(sent, ruleInForce(rule, core.policy), found.ok ? found.value : {}, isCommon),
  )
  if (reading.faults.length > 0 || password === undefined) return invalid(reading.faults)
  if (!found.ok) return found
  const hashed = await core.passwords.hash(password)
  return hashed.ok ? core.commit('set-fellow-password', { actor, wanted, passwordHash: hashed.value }) : hashed
}

export async function commitSetFellowPassword(
  transaction: Transaction,
  { actor, wanted, passwordHash }: { actor: Actor; wanted: Wanted; passwordHash: string },
): Promise<Outcome<null, Refusals>> {
  const found = await findInCharge(transaction.store, actor, wanted, 'users:roles')
  return found.ok ? commitSetPassword(transaction, { actor, id: found.value.id, passwordHash }) : found
}
