import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { voidPasswordLinks } from '../links/void-password-links.ts'
import { doneBy, tellOwner } from '../mail/tell-owner.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { isInPerson, may } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import { inPerson } from '../sessions/in-person.ts'
import { parseUserId } from '../users/names.ts'
import type { UserId } from '../users/user.ts'
import { type PasswordRule, parseNewPassword, ruleInForce } from './password-rule.ts'

export interface NewPasswordValues {
  newPassword: string
}

type Refusals = 'not_allowed' | 'not_in_person' | 'invalid' | 'busy' | 'user_not_found' | 'password_unchanged'

/**
 * Gives somebody another password; an admin does that, in a session of their own. All sessions of the user end, but for the
 * calling one where the admin is the user; where they are not, so do the user's API tokens.
 */
export async function setPassword(
  core: Pick<Core, 'commit' | 'directory' | 'passwords' | 'policy'>,
  actor: Actor,
  wanted: string,
  form: Form<NewPasswordValues>,
  { rule, same }: { rule: PasswordRule; same: 'is refused' | 'is set again' },
): Promise<Outcome<null, Refusals>> {
  if (!may(actor, 'users:roles')) return refuse({ code: 'not_allowed', needs: 'users:roles' })
  if (!isInPerson(actor)) return refuse({ code: 'not_in_person' })
  const id = parseUserId(wanted)
  const user = 'value' in id ? await core.directory.users.byId(id.value) : null
  const reading = startReading('flaw' in id ? [{ field: 'id', ...id.flaw }, ...form.faults] : form.faults)
  reading.need('newPassword', form.values.newPassword)
  const isCommon = await core.passwords.common()
  const password = reading.read('newPassword', form.values.newPassword, (sent) =>
    parseNewPassword(sent, ruleInForce(rule, core.policy), user ?? {}, isCommon),
  )
  if (reading.faults.length > 0 || password === undefined) return invalid(reading.faults)
  if (user === null) return refuse({ code: 'user_not_found', wanted })

  if (same === 'is refused') {
    const verified = await core.passwords.verify(await core.directory.credentials.passwordHash(user.id), password)
    if (!verified.ok) return verified
    if (verified.value) return refuse({ code: 'password_unchanged' })
  }
  const hashed = await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  return core.commit('set-password', { actor, id: user.id, passwordHash: hashed.value })
}

export async function commitSetPassword(
  transaction: Transaction,
  { actor, id, passwordHash }: { actor: Actor; id: UserId; passwordHash: string },
): Promise<Outcome<null, 'user_not_found'>> {
  const { store, nowMs } = transaction
  const user = await store.users.byId(id)
  if (user === null) return refuse({ code: 'user_not_found', wanted: id })
  await store.credentials.setPassword(id, passwordHash, nowMs)
  const caller = inPerson(actor)
  const own = caller?.id === id ? caller.sessionId : null
  await store.sessions.endAll(id, nowMs, own)
  if (own === null) await store.apiTokens.revokeAll(id)
  await voidPasswordLinks(store, id, nowMs)
  await record(transaction, actor, id, own === null ? 'password_reset' : 'password_changed')
  await tellOwner(transaction, user, { kind: 'password_changed', ...doneBy(actor, user) })
  return grant(null)
}
