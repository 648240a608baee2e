import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { houseRule } from '../credentials/password-rule.ts'
import { type Form, invalid, type Reading, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { organizationRoles, parseOrganizationId } from '../organizations/organization.ts'
import { mayIn } from '../organizations/reach-organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may, mayReach } from '../permissions.ts'
import type { Core, Transaction } from '../ports.ts'
import type { Changes } from '../users/changes.ts'
import { readNewUser } from '../users/create-user.ts'
import type { Parsed } from '../users/text.ts'
import { commitUpdateUser } from '../users/update-user.ts'
import { type NewUser, nobody, type User } from '../users/user.ts'
import { oneOf } from '../users/values.ts'
import { type Invitation, type Invited, isInvitable } from './invitation.ts'
import { countedAs, type Into, type IntoRefusal, inviteInto } from './invite-into.ts'
import { addInvitation, inviterOf, renewInvitation, type Sending } from './send-invitation.ts'

export interface InvitationValues {
  email: string
  role: string
  firstName: string
  lastName: string
  expiresInDays: number
  /** What whoever accepts is to join, and as what: a member unless it says otherwise. */
  organizationId: string
  organizationRole: string
}

/** What came of inviting somebody; `isNew` is false where an invitation that had expired was sent again. */
export type Sent = Invited & { readonly isNew: boolean }

/**
 * Invites somebody to an account that is made for them, pending, at once. If somebody who is pending has the address and no invitation that can still
 * be accepted, they are invited: their record is brought up to what was sent, and a password that they or a stranger chose is forgotten. Into an
 * organization everybody can be invited, by its admins, too (`inviteInto`).
 */
export async function invite(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  form: Form<InvitationValues>,
): Promise<Outcome<Sent, 'not_allowed' | 'invalid' | 'email_taken' | IntoRefusal>> {
  const draft = await draftInvitation(core, actor, form)
  if (!draft.ok) return draft
  return core.commit('invite', { ...draft.value, inviter: await inviterOf(core, actor) })
}

export interface InvitationDraft {
  readonly actor: Actor
  /** Who is made if nobody has the address. */
  readonly user: NewUser
  /** What is changed of the one who has it. */
  readonly changes: Changes
  readonly lifetimeMs: number
  /** Where it is into an organization. */
  readonly into: Into | null
}

export async function draftInvitation(
  core: Pick<Core, 'directory' | 'linkTokens' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  { values, faults }: Form<InvitationValues>,
): Promise<Outcome<InvitationDraft, 'not_allowed' | 'invalid'>> {
  if (!(await mayInvite(core, actor, values.organizationId)))
    return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  // A viewer may do less than anybody.
  const givesNone = values.organizationId === undefined ? ['user'] : ['user', 'viewer']
  const givesRole = !givesNone.includes(values.role ?? 'user')
  if (givesRole && !may(actor, 'users:roles')) return refuse({ code: 'not_allowed', needs: 'users:roles' })
  const reading = startReading(faults)
  const { expiresInDays, organizationId, organizationRole, ...person } = values
  const { user } = readNewUser(core, person, reading, houseRule, () => false)
  const days = reading.read('expiresInDays', expiresInDays, parseDays) ?? limits.invitationDaysDefault
  const into = readInto(core, values, user, reading)
  if (reading.faults.length > 0) return invalid(reading.faults)
  return grant({ actor, user, changes: changesIn(actor, values, user), lifetimeMs: days * dayMs, into })
}

async function mayInvite({ directory }: Pick<Core, 'directory'>, actor: Actor, into: string | undefined) {
  if (into === undefined) return may(actor, 'invitations:manage')
  return mayIn(directory, actor, 'invitations:manage', into)
}

function readInto(
  { linkTokens }: Pick<Core, 'linkTokens'>,
  { organizationId, organizationRole }: Partial<InvitationValues>,
  { email }: NewUser,
  reading: Reading,
): Into | null {
  if (organizationRole !== undefined) reading.need('organizationId', organizationId)
  const id = reading.read('organizationId', organizationId, parseOrganizationId)
  const role = reading.read('organizationRole', organizationRole, (sent) => oneOf(organizationRoles, sent)) ?? 'member'
  if (id === undefined || email === null) return null
  const address = linkTokens.requestName('organization_invitation', email)
  return {
    organizationId: id,
    role,
    address,
    request: countedAs(linkTokens, id, email),
  }
}

/** What was sent, as far as the actor may change it of somebody who is there already. */
function changesIn(actor: Actor, sent: Partial<InvitationValues>, { role, firstName, lastName }: NewUser): Changes {
  const mayRename = mayReach(actor, 'users:update', nobody)
  return {
    ...(sent.role !== undefined && may(actor, 'users:roles') ? { role } : {}),
    ...(sent.firstName !== undefined && mayRename ? { firstName } : {}),
    ...(sent.lastName !== undefined && mayRename ? { lastName } : {}),
  }
}

export const dayMs = 24 * 3600 * 1000

function parseDays(sent: number): Parsed<number> {
  const max = limits.invitationDaysMax
  return sent < 1 || sent > max ? { flaw: { flaw: 'out_of_range', min: 1, max } } : { value: sent }
}

export async function commitInvite(
  transaction: Transaction,
  { actor, user, changes, lifetimeMs, into, inviter }: InvitationDraft & { inviter: string | null },
): Promise<Outcome<Sent, 'email_taken' | IntoRefusal>> {
  const { store, nowMs } = transaction
  const sending = { actor, lifetimeMs, inviter }
  if (into !== null) return inviteInto(transaction, user, into, sending)
  const holder = user.email === null ? null : await store.users.byClaim('email', user.email)
  if (holder === null) {
    const added = await store.users.add(user)
    if (!added.ok) return refuse({ code: 'email_taken' })
    await record(transaction, actor, user.id, 'created')
    return grant({ ...(await addInvitation(transaction, added.value, sending, 'made for it')), isNew: true })
  }
  const open = await store.invitations.openOf(holder.id)
  if (!isInvitable(holder, open, nowMs)) return refuse({ code: 'email_taken' })
  const updated = await commitUpdateUser(transaction, { actor, id: holder.id, changes, versions: null })
  if (!updated.ok) throw new Error(`a pending user could not be given a name or a role: ${updated.refusal.code}`)
  return grant(await inviteHolder(transaction, updated.value, open, sending))
}

/** Invites a user who is there already, and held: what password they had is forgotten, for nobody knows who chose it. */
export async function inviteHolder(
  transaction: Transaction,
  user: User,
  open: Invitation | null,
  sending: Sending,
): Promise<Sent> {
  await transaction.store.credentials.forget(user.id)
  if (open !== null) return { ...(await renewInvitation(transaction, user, open, sending)), isNew: false }
  return { ...(await addInvitation(transaction, user, sending, 'there before')), isNew: true }
}
