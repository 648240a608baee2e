import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { guessesAtUser } from '../credentials/guessed-at.ts'
import { houseRule, type PasswordRule, parseNewPassword } from '../credentials/password-rule.ts'
import { replacePassword } from '../credentials/replace-password.ts'
import { type Form, invalid, startReading } from '../form.ts'
import type { LinkId } from '../links/link.ts'
import { type Found, findLink, type LinkAndPasswordValues, spendLink } from '../links/spend-link.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { type ConfirmationRefusal, confirmEmailChange } from './change-email.ts'
import { proveEmail } from './prove-email.ts'

type Needs = Pick<Core, 'commit' | 'directory' | 'linkTokens' | 'passwords' | 'clock' | 'guesses' | 'later'>

/** Proves an address by the link that was sent there: one's own, or the one that is to take its place. */
export async function verifyEmail(
  core: Needs,
  actor: Actor,
  form: Form<LinkAndPasswordValues>,
): Promise<Outcome<null, 'invalid' | 'link_over' | ConfirmationRefusal>> {
  const found = await findLink(core, form, ['verify_email', 'change_email'])
  if (!found.ok) return found
  return found.value.link.purpose === 'change_email'
    ? confirmEmailChange(core, actor, form, found.value)
    : proveOwnEmail(core, actor, form, found.value)
}

/** What any contract asks at least of those who sign up by themselves: nothing less can be a password of theirs. */
const leastRule: PasswordRule = { ...houseRule, fourKinds: false, impersonal: 'as a whole' }

/**
 * Takes the password that the user has, or another, which voids that one: so whoever registered with somebody else's address is not let in by
 * them. Another has to be a good one. What is compared is one that some contract takes: nobody tries common ones here.
 */
async function proveOwnEmail(
  core: Needs,
  actor: Actor,
  form: Form<LinkAndPasswordValues>,
  { link, user }: Found,
): Promise<Outcome<null, 'invalid' | 'link_over' | 'busy'>> {
  const reading = startReading(form.faults)
  const { password } = form.values
  reading.need('password', password)
  const isCommon = await core.passwords.common()
  const judgedBy = (rule: PasswordRule) => (sent: string) => parseNewPassword(sent, rule, user, isCommon)
  const another = reading.read('password', password, judgedBy(houseRule))
  const own = startReading([]).read('password', password, judgedBy(leastRule))
  if (form.faults.length > 0 || own === undefined) return invalid(reading.faults)
  const kept = await core.directory.credentials.passwordHash(user.id)
  const verified = kept === null ? grant(false) : await core.passwords.verify(kept, own)
  if (!verified.ok) return verified
  if (!verified.value && another === undefined) return invalid(reading.faults)
  const hashed = verified.value ? grant(null) : await core.passwords.hash(own)
  if (!hashed.ok) return hashed
  const proved = await core.commit('verify-email', { actor, link: link.id, kept, passwordHash: hashed.value })
  if (proved.ok) await core.guesses.forget(guessesAtUser(user))
  return proved
}

/** `kept` is what the password was compared with, and `passwordHash` what takes its place if it was another. */
export async function commitVerifyEmail(
  transaction: Transaction,
  { actor, link, kept, passwordHash }: { actor: Actor; link: LinkId; kept: string | null; passwordHash: string | null },
): Promise<Outcome<null, 'link_over' | 'busy'>> {
  const { store } = transaction
  const spent = await spendLink(transaction, link, 'verify_email')
  if (!spent.ok) return spent
  const { user } = spent.value
  const isAsCompared = (await store.credentials.passwordHash(user.id)) === kept
  if (!isAsCompared) return refuse({ code: 'busy', retryAfterSeconds: 1 })
  if (passwordHash !== null) {
    await replacePassword(transaction, user.id, passwordHash)
    await record(transaction, actor, user.id, 'password_changed')
  }
  await proveEmail(transaction, actor, user)
  return grant(null)
}
