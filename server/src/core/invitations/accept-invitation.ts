import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { guessesAtUser } from '../credentials/guessed-at.ts'
import { houseRule, parseNewPassword } from '../credentials/password-rule.ts'
import { replacePassword } from '../credentials/replace-password.ts'
import { type Form, invalid, type Reading, startReading } from '../form.ts'
import type { LinkId } from '../links/link.ts'
import { findLink, spendLink } from '../links/spend-link.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { Changes } from '../users/changes.ts'
import { proveEmail } from '../users/prove-email.ts'
import { commitUpdateUser } from '../users/update-user.ts'
import { parseName } from '../users/values.ts'
import { type Invitation, stateOf } from './invitation.ts'

export interface AcceptanceValues {
  token: string
  password: string
  firstName: string
  lastName: string
}

/**
 * Lets whoever holds the link that was sent to an invited address choose a password for the account, and a name if they like; the account becomes
 * active. Nothing that somebody else chose for it lets anybody in from here on, and nobody is signed in by this. Only who was given a password with
 * the invitation may go without, and keeps that one.
 */
export async function acceptInvitation(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens' | 'passwords' | 'guesses' | 'clock'>,
  actor: Actor,
  form: Form<AcceptanceValues>,
): Promise<Outcome<null, 'invalid' | 'busy' | 'link_over'>> {
  const { values } = form
  const found = await findInvited(core, form)
  if (!found.ok) return found
  const { link, user } = found.value
  const reading = startReading(form.faults)
  const isGiven = values.password === undefined && (await core.directory.credentials.passwordHash(user.id)) !== null
  if (!isGiven) reading.need('password', values.password)
  const names = readNames(values, reading)
  const isCommon = await core.passwords.common()
  const password = reading.read('password', values.password, (sent) =>
    parseNewPassword(sent, houseRule, { ...user, ...names }, isCommon),
  )
  if (reading.faults.length > 0) return invalid(reading.faults)
  const hashed = password === undefined ? grant(null) : await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  const acceptance = { actor, link: link.id, names, passwordHash: hashed.value }
  const accepted = await core.commit('accept-invitation', acceptance)
  if (accepted.ok) await core.guesses.forget(guessesAtUser(user))
  return accepted
}

/** Looks before anything is hashed. */
async function findInvited(core: Pick<Core, 'directory' | 'linkTokens' | 'clock'>, form: Form<AcceptanceValues>) {
  const found = await findLink(core, form, ['invitation'])
  if (!found.ok) return found
  const open = await core.directory.invitations.openOf(found.value.user.id)
  return canBeAccepted(open, core.clock()) ? found : refuse({ code: 'link_over' as const })
}

/** Only what was sent: what is not stays as it is. */
function readNames(sent: Partial<AcceptanceValues>, { read }: Reading): Pick<Changes, 'firstName' | 'lastName'> {
  const firstName = read('firstName', sent.firstName, parseName)
  const lastName = read('lastName', sent.lastName, parseName)
  return { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
}

export async function commitAcceptInvitation(
  transaction: Transaction,
  question: { actor: Actor; link: LinkId; names: ReturnType<typeof readNames>; passwordHash: string | null },
): Promise<Outcome<null, 'link_over'>> {
  const { store, nowMs } = transaction
  const { actor, link, names, passwordHash } = question
  const spent = await spendLink(transaction, link, 'invitation')
  if (!spent.ok) return spent
  const { id } = spent.value.user
  const open = await store.invitations.openOf(id)
  if (!canBeAccepted(open, nowMs)) return refuse({ code: 'link_over' })
  if (passwordHash !== null) await replacePassword(transaction, id, passwordHash)
  else if ((await store.credentials.passwordHash(id)) === null) return refuse({ code: 'link_over' })
  await record(transaction, actor, id, 'invitation_accepted')
  const named = await commitUpdateUser(transaction, { actor, id, changes: names, versions: null })
  if (!named.ok) throw new Error(`whoever accepts could not be named: ${named.refusal.code}`)
  await proveEmail(transaction, actor, named.value)
  return grant(null)
}

function canBeAccepted(open: Invitation | null, nowMs: number): boolean {
  return open !== null && stateOf(open, nowMs) === 'pending'
}
