import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import type { LinkId } from '../links/link.ts'
import { findLink, type LinkAndPasswordValues, spendLink } from '../links/spend-link.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { proveEmail } from '../users/prove-email.ts'
import { guessesAtUser } from './guessed-at.ts'
import { houseRule, parseNewPassword } from './password-rule.ts'
import { replacePassword } from './replace-password.ts'

/**
 * Sets another password for whoever holds the link that was mailed to them. Every session and API token ends, every other link is void, and what was guessed at
 * the old password counts no longer. Nobody is signed in by it, so a second factor is asked for as ever.
 */
export async function resetPassword(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens' | 'passwords' | 'guesses' | 'clock'>,
  actor: Actor,
  form: Form<LinkAndPasswordValues>,
): Promise<Outcome<null, 'invalid' | 'busy' | 'link_over'>> {
  const found = await findLink(core, form, ['reset_password'])
  if (!found.ok) return found
  const { link, user } = found.value
  const reading = startReading(form.faults)
  reading.need('password', form.values.password)
  const isCommon = await core.passwords.common()
  const password = reading.read('password', form.values.password, (sent) =>
    parseNewPassword(sent, houseRule, user, isCommon),
  )
  if (reading.faults.length > 0 || password === undefined) return invalid(reading.faults)
  const hashed = await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  const reset = await core.commit('reset-password', { actor, link: link.id, passwordHash: hashed.value })
  if (reset.ok) await core.guesses.forget(guessesAtUser(user))
  return reset
}

export async function commitResetPassword(
  transaction: Transaction,
  { actor, link, passwordHash }: { actor: Actor; link: LinkId; passwordHash: string },
): Promise<Outcome<null, 'link_over'>> {
  const { store, nowMs } = transaction
  const spent = await spendLink(transaction, link, 'reset_password')
  if (!spent.ok) return spent
  const { user, link: sent } = spent.value
  await replacePassword(transaction, user.id, passwordHash)
  await record(transaction, actor, user.id, 'password_reset')
  await proveEmail(transaction, actor, user)
  const message = { kind: 'password_was_reset' } as const
  await store.mail.add({ userId: user.id, to: sent.email, name: user.firstName, message, atMs: nowMs })
  return grant(null)
}
