import { record } from '../activity/record.ts'
import { type Actor, actorId } from '../actor.ts'
import { limits } from '../limits.ts'
import type { LinkTokens } from '../links/ports.ts'
import type { Organization, OrganizationId, OrganizationRole } from '../organizations/organization.ts'
import { mayIn } from '../organizations/reach-organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Transaction } from '../ports.ts'
import { canonical } from '../users/text.ts'
import { type Email, type NewUser, nobody, standIn, type User } from '../users/user.ts'
import { type Invitation, type Invited, type Invitee, stateOf } from './invitation.ts'
import type { Sending } from './send-invitation.ts'

/** What somebody is invited to join. Plain data. */
export interface Into {
  readonly organizationId: OrganizationId
  readonly role: OrganizationRole
  /** A digest of the address, by which the invitation is found again. */
  readonly address: string
  /** Under which mail to the address from this organization is counted. */
  readonly request: string
}

/** An organization writes to one address so often and no more, however often it invites it. */
export function countedAs(linkTokens: LinkTokens, organizationId: OrganizationId, email: Email): string {
  return linkTokens.requestName('organization_invitation', `${organizationId} ${email}`)
}

export type IntoRefusal =
  | 'not_allowed'
  | 'organization_not_found'
  | 'not_invitable'
  | 'already_member'
  | 'too_many_invitations'
  | 'sent_just_now'

/**
 * Invites an address into an organization. Whoever has it is written to, and stays as they are until they accept; if nobody has, a pending user is
 * made. Neither the answer nor the work tells which: as many rows are written, and taken back where they are not to be kept.
 */
export async function inviteInto(
  transaction: Transaction,
  user: NewUser,
  into: Into,
  sending: Sending,
): Promise<Outcome<Invited & { readonly isNew: true }, IntoRefusal>> {
  const { store, nowMs } = transaction
  const { email } = user
  if (email === null) throw new Error('whoever is invited has an address')
  const holder = (await store.users.byClaim('email', email)) ?? (await store.users.byId(nobody))
  const organization = await store.organizations.byId(into.organizationId)
  if (!(await mayIn(store, sending.actor, 'invitations:manage', into.organizationId)))
    return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  if (organization === null) return refuse({ code: 'organization_not_found' })
  if ((await store.members.roleIn(organization.id, holder?.id ?? nobody)) !== null)
    return refuse({ code: 'already_member' })
  const open = await store.invitations.openInto(organization.id, into.address)
  if (open !== null && stateOf(open, nowMs) === 'pending') return refuse({ code: 'not_invitable', because: 'invited' })
  if (open !== null) await store.invitations.revoke(open.id, nowMs)
  const max = limits.openInvitationsPerOrganizationMax
  if ((await store.invitations.countOpenInto(organization.id)) >= max)
    return refuse({ code: 'too_many_invitations', max })
  if (!(await store.links.countRequest(into.request, nowMs)))
    return refuse({ code: 'sent_just_now', retryAfterSeconds: limits.invitationRestMs / 1000 })
  const { whose, isAdded } = await holderOrNew(transaction, sending.actor, { ...user, email }, holder)
  const invitee = { email, firstName: user.firstName, lastName: user.lastName, role: user.role }
  const invitation = await store.invitations.add(
    {
      userId: whose.id,
      madeUser: isAdded || (open?.madeUser === true && open.userId === whose.id),
      invitedBy: actorId(sending.actor),
      createdAtMs: nowMs,
      sentAtMs: nowMs,
      expiresAtMs: nowMs + sending.lifetimeMs,
      into: { organizationId: organization.id, role: into.role },
    },
    { address: into.address, invitee },
  )
  await sendInto(transaction, { invitation, invitee }, { user: whose, organization }, sending)
  return grant({ invitation, invitee, isNew: true })
}

/** Makes a user in any case, who does not stay where somebody has the address. */
async function holderOrNew(
  transaction: Transaction,
  actor: Actor,
  user: NewUser & { readonly email: Email },
  holder: User | null,
): Promise<{ whose: Addressed; isAdded: boolean }> {
  const { store, nowMs } = transaction
  const isAdded = await store.attempt(async (store) => {
    const added = await store.users.add(holder === null ? user : { ...user, email: standIn(user) })
    const transaction = { store, nowMs }
    await record(transaction, actor, user.id, 'created')
    return added.ok && holder === null
  })
  const whose = isAdded ? user : (holder ?? (await store.users.byClaim('email', user.email)))
  if (whose === null) throw new Error('whoever took the address in the same moment has given it up again')
  return { whose, isAdded }
}

type Addressed = Pick<User, 'id' | 'email' | 'status'>

/** Mails the link to whoever is invited, unless they may not come or have another address by now: then the work is taken back. */
export async function sendInto(
  { store, nowMs }: Transaction,
  { invitation, invitee }: { readonly invitation: Invitation; readonly invitee: Invitee },
  { user, organization }: { readonly user: Addressed; readonly organization: Organization },
  { actor, inviter }: Pick<Sending, 'actor' | 'inviter'>,
): Promise<void> {
  const to = user.email ?? invitee.email
  if (to === null) throw new Error('whoever is invited has an address')
  const isReached = canonical(to) === canonical(invitee.email ?? '') && user.status !== 'inactive'
  await store.attempt(async (store) => {
    const link = await store.links.issue({
      userId: user.id,
      purpose: 'organization_invitation',
      email: to,
      createdAtMs: nowMs,
      expiresAtMs: invitation.expiresAtMs,
      invitationId: invitation.id,
    })
    const message = {
      kind: 'organization_invitation',
      link,
      invitedBy: inviter,
      organization: organization.name,
    } as const
    const name = invitation.madeUser ? invitee.firstName : null
    await store.mail.add({ userId: user.id, to, name, message, atMs: nowMs })
    const transaction = { store, nowMs }
    await record(transaction, actor, user.id, 'invited', { organization: organization.id })
    return isReached
  })
}
