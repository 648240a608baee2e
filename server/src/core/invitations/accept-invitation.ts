import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { guessesAtUser } from '../credentials/guessed-at.ts'
import { houseRule, parseNewPassword } from '../credentials/password-rule.ts'
import type { CredentialReads } from '../credentials/ports.ts'
import { replacePassword } from '../credentials/replace-password.ts'
import { type Form, invalid, type Reading, startReading } from '../form.ts'
import type { LinkId } from '../links/link.ts'
import { type Found, findLink, spendLink } from '../links/spend-link.ts'
import type { OrganizationId } from '../organizations/organization.ts'
import { join } from '../organizations/put-member.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { permissionsOf } from '../permissions.ts'
import type { Core, Store, Transaction } from '../ports.ts'
import type { Changes } from '../users/changes.ts'
import { proveEmail } from '../users/prove-email.ts'
import { commitUpdateUser } from '../users/update-user.ts'
import type { User } from '../users/user.ts'
import { parseName } from '../users/values.ts'
import { type Invitation, stateOf } from './invitation.ts'
import type { InvitationReads } from './ports.ts'

export interface AcceptanceValues {
  token: string
  password: string
  firstName: string
  lastName: string
}

/**
 * Lets whoever holds the link that was sent to an invited address choose a password for the account, and a name if they like; the account becomes
 * active. Nothing that somebody else chose for it lets anybody in from here on, and nobody is signed in by this. Only who was given a password with
 * the invitation may go without, and keeps that one. Whoever is active already joins the organization that they were invited into, and nothing of
 * their account can be changed so.
 */
export async function acceptInvitation(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens' | 'passwords' | 'guesses' | 'clock'>,
  actor: Actor,
  form: Form<AcceptanceValues>,
): Promise<Outcome<null, 'invalid' | 'busy' | 'link_over' | 'too_many_organizations'>> {
  const { values } = form
  const found = await findInvited(core, form)
  if (!found.ok) return found
  const { link, user } = found.value
  const reading = startReading(form.faults)
  if (user.status === 'active') return acceptAsTheyAre(core, actor, { link: link.id, values, reading })
  const isGiven = values.password === undefined && (await wasGivenPassword(core.directory, { link, user }))
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

/** Inviting into the directory forgets what others chose; inviting into an organization touches nothing, so any password may be a stranger's. */
async function wasGivenPassword(
  { credentials }: { readonly credentials: CredentialReads },
  { link, user }: Found,
): Promise<boolean> {
  return link.purpose === 'invitation' && (await credentials.passwordHash(user.id)) !== null
}

/** Looks before anything is hashed. */
async function findInvited(core: Pick<Core, 'directory' | 'linkTokens' | 'clock'>, form: Form<AcceptanceValues>) {
  const found = await findLink(core, form, ['invitation', 'organization_invitation'])
  if (!found.ok) return found
  const open = await invitationOf(core.directory, found.value)
  return canBeAccepted(open, core.clock()) ? found : refuse({ code: 'link_over' as const })
}

/** A link into an organization says which invitation it accepts. */
async function invitationOf(
  { invitations }: { readonly invitations: InvitationReads },
  { link, user }: Found,
): Promise<Invitation | null> {
  if (link.invitationId === null) return invitations.openOf(user.id)
  return (await invitations.byId(link.invitationId))?.invitation ?? null
}

async function acceptAsTheyAre(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  { link, values, reading }: { link: LinkId; values: Partial<AcceptanceValues>; reading: Reading },
): Promise<Outcome<null, 'invalid' | 'link_over' | 'too_many_organizations'>> {
  for (const field of ['password', 'firstName', 'lastName'] as const)
    if (values[field] !== undefined) reading.add(field, { flaw: 'not_updatable' })
  if (reading.faults.length > 0) return invalid(reading.faults)
  return core.commit('accept-invitation', { actor, link, names: {}, passwordHash: null })
}

/** Only what was sent: what is not stays as it is. */
function readNames(sent: Partial<AcceptanceValues>, { read }: Reading): Pick<Changes, 'firstName' | 'lastName'> {
  const firstName = read('firstName', sent.firstName, parseName)
  const lastName = read('lastName', sent.lastName, parseName)
  return { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
}

interface Acceptance {
  readonly actor: Actor
  readonly link: LinkId
  readonly names: ReturnType<typeof readNames>
  /** Null of whoever keeps what they have. */
  readonly passwordHash: string | null
}

export async function commitAcceptInvitation(
  transaction: Transaction,
  { actor, link, names, passwordHash }: Acceptance,
): Promise<Outcome<null, 'link_over' | 'too_many_organizations'>> {
  const { store, nowMs } = transaction
  const sent = await store.links.byId(link)
  const spent = await spendLink(transaction, link, sent?.purpose ?? 'invitation')
  if (!spent.ok) return spent
  const { user } = spent.value
  const open = await invitationOf(store, spent.value)
  if (open === null || !canBeAccepted(open, nowMs)) return refuse({ code: 'link_over' })
  const isKept = user.status === 'active' ? open.into !== null : await wasGivenPassword(store, spent.value)
  if (passwordHash === null ? !isKept : user.status === 'active') return refuse({ code: 'link_over' })
  if (open.into !== null) {
    const joined = await joinInvited(transaction, actor, { ...open, into: open.into })
    if (!joined.ok) return joined
  }
  if (passwordHash !== null) await replacePassword(transaction, user.id, passwordHash)
  await record(transaction, actor, user.id, 'invitation_accepted')
  if (user.status === 'active') return grant(null)
  const named = await commitUpdateUser(transaction, { actor, id: user.id, changes: names, versions: null })
  if (!named.ok) throw new Error(`whoever accepts could not be named: ${named.refusal.code}`)
  await proveEmail(transaction, actor, named.value)
  return grant(null)
}

/** Whoever belongs to the organization by now stays what they are there. */
async function joinInvited(
  transaction: Transaction,
  actor: Actor,
  { id, userId, into, invitedBy }: Invitation & { readonly into: NonNullable<Invitation['into']> },
): Promise<Outcome<null, 'link_over' | 'too_many_organizations'>> {
  const { store, nowMs } = transaction
  const { organizationId, role } = into
  // Users are held before organizations.
  const sender = invitedBy === null ? null : await store.users.byId(invitedBy)
  if ((await store.organizations.byId(organizationId)) === null) return refuse({ code: 'link_over' })
  const isStoodBy = invitedBy === null || (await mayStillInvite(store, organizationId, sender))
  if (!isStoodBy) return refuse({ code: 'link_over' })
  await store.invitations.accept(id, nowMs)
  await store.links.voidInvitation(userId, id, nowMs)
  if ((await store.members.roleIn(organizationId, userId)) !== null) return grant(null)
  const joined = await join(transaction, actor, { organizationId, userId, role })
  return joined.ok ? grant(null) : joined
}

/** Nobody who was removed comes back, or leaves somebody behind, by what they sent before. */
async function mayStillInvite(store: Store, organizationId: OrganizationId, sender: User | null): Promise<boolean> {
  if (sender === null || sender.status !== 'active') return false
  if (permissionsOf[sender.role].includes('invitations:manage')) return true
  return (await store.members.roleIn(organizationId, sender.id)) === 'admin'
}

function canBeAccepted(open: Invitation | null, nowMs: number): boolean {
  return open !== null && stateOf(open, nowMs) === 'pending'
}
