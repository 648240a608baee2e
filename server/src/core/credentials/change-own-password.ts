import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { voidPasswordLinks } from '../links/void-password-links.ts'
import { doneBy, tellOwner } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { type InPerson, inPerson, stillInPerson } from '../sessions/in-person.ts'
import { type PasswordRule, parseGivenPassword, parseNewPassword, ruleInForce } from './password-rule.ts'
import { provePassword } from './prove-password.ts'

export interface PasswordChangeValues {
  currentPassword: string
  newPassword: string
}

type PasswordChangeRefusal =
  | 'not_in_person'
  | 'unauthenticated'
  | 'invalid'
  | 'too_many_guesses'
  | 'busy'
  | 'wrong_current_password'

/** Changes one's own password, which takes a session of one's own; the calling session stays, all others end. */
export async function changeOwnPassword(
  core: Core,
  actor: Actor,
  form: Form<PasswordChangeValues>,
  rule: PasswordRule,
): Promise<Outcome<null, PasswordChangeRefusal>> {
  const person = inPerson(actor)
  if (person === null) return refuse({ code: 'not_in_person' })
  const user = await core.directory.users.byId(person.id)
  if (user === null) return refuse({ code: 'unauthenticated', token: 'over' })
  const reading = startReading(form.faults)
  reading.need('currentPassword', form.values.currentPassword)
  reading.need('newPassword', form.values.newPassword)
  const current = reading.read('currentPassword', form.values.currentPassword, parseGivenPassword)
  const isCommon = await core.passwords.common()
  const next = reading.read('newPassword', form.values.newPassword, (sent) =>
    parseNewPassword(sent, ruleInForce(rule, core.policy), user, isCommon),
  )
  if (reading.faults.length > 0 || current === undefined || next === undefined) return invalid(reading.faults)

  const proved = await provePassword(core, actor, { name: null, user, password: current })
  if (!proved.ok)
    return proved.refusal.code === 'wrong_credentials'
      ? refuse({ code: 'wrong_current_password' })
      : refuse(proved.refusal)
  const { verifiedHash } = proved.value
  const hashed = await core.passwords.hash(next)
  if (!hashed.ok) return hashed
  return core.commit('change-password', { person, verifiedHash, passwordHash: hashed.value })
}

/**
 * Keeps the new password unless the old one changed, or the calling session ended, while it was being verified. Links that somebody who knew
 * the old one may have asked for are void.
 */
export async function commitChangePassword(
  transaction: Transaction,
  { person, verifiedHash, passwordHash }: { person: InPerson; verifiedHash: string; passwordHash: string },
): Promise<Outcome<null, 'unauthenticated' | 'wrong_current_password'>> {
  const { store, nowMs } = transaction
  const { actor, id, sessionId } = person
  const stands = await stillInPerson(transaction, person)
  if (!stands.ok) return stands
  const { user } = stands.value
  if ((await store.credentials.passwordHash(id)) !== verifiedHash) return refuse({ code: 'wrong_current_password' })
  await store.credentials.setPassword(id, passwordHash, nowMs)
  await store.sessions.endAll(id, nowMs, sessionId)
  await voidPasswordLinks(store, id, nowMs)
  await record(transaction, actor, id, 'password_changed')
  await tellOwner(transaction, user, { kind: 'password_changed', ...doneBy(actor, user) })
  return grant(null)
}
