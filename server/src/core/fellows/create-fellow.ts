import { record } from '../activity/record.ts'
import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { dayMs } from '../invitations/invite.ts'
import { countedAs } from '../invitations/invite-into.ts'
import { addInvitation, inviterOf, type Sending } from '../invitations/send-invitation.ts'
import { limits } from '../limits.ts'
import type { Organization, OrganizationId } from '../organizations/organization.ts'
import { join } from '../organizations/put-member.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, TakenCode, Transaction } from '../ports.ts'
import { readNewUser } from '../users/create-user.ts'
import { addNamed, type NamePlan, planName } from '../users/name-user.ts'
import type { SignUpRules, SignUpValues } from '../users/sign-up.ts'
import type { NewUser, User } from '../users/user.ts'
import { type Charge, chargeOf } from './charge.ts'

export interface FellowValues extends SignUpValues {
  /** The number of the organization that the user joins. */
  organizationId: number
}

type Refusals = 'not_allowed' | 'organization_not_found' | 'sent_just_now' | 'busy' | TakenCode

/**
 * Makes a pending user with a password that is good once they are active, and mails them an invitation. Whoever administers organizations makes users
 * of theirs, says of which if there are several, and has an address written to as often as by inviting it.
 */
export async function createFellow(
  core: Pick<Core, 'commit' | 'directory' | 'linkTokens' | 'passwords' | 'clock' | 'ids' | 'policy' | 'toAscii'>,
  actor: Actor,
  form: Form<FellowValues>,
  { rule, reserved }: SignUpRules,
): Promise<Outcome<User, Refusals | 'invalid'>> {
  const charge = await chargeOf(core.directory.members, actor, 'users:create')
  if (!charge.ok) return charge
  const { organizationId: number, ...person } = form.values
  const reading = startReading(form.faults)
  const { user, password } = readNewUser(core, person, reading, rule, await core.passwords.common())
  reading.need('email', person.email)
  reading.need('password', person.password)
  if (charge.value !== 'everybody' && charge.value.length > 1) reading.need('organizationId', number)
  const { email } = user
  if (reading.faults.length > 0 || password === undefined || email === null) return invalid(reading.faults)
  const organization = await organizationAsked(core, charge.value, number)
  if (!organization.ok) return organization
  const hashed = await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  const plan = user.username === null ? await planName(core, user, reserved) : null
  const inviter = await inviterOf(core, actor)
  const sending = { actor, lifetimeMs: limits.invitationDaysDefault * dayMs, inviter }
  const isBounded = charge.value !== 'everybody' && organization.value !== null
  const request = isBounded ? countedAs(core.linkTokens, organization.value, email) : null
  const creation = { user, plan, passwordHash: hashed.value, organization: organization.value, request, ...sending }
  return core.commit('create-fellow', creation)
}

/** Null where none was asked for, which only an admin of the directory may do without. */
async function organizationAsked(
  { directory }: Pick<Core, 'directory'>,
  charge: Charge,
  number: number | undefined,
): Promise<Outcome<OrganizationId | null, 'organization_not_found'>> {
  if (number === undefined) return grant(charge === 'everybody' ? null : (charge[0] ?? null))
  const organization = Number.isSafeInteger(number) ? await directory.organizations.byNumber(number) : null
  return mayJoin(charge, organization) ? grant(organization.id) : refuse({ code: 'organization_not_found' })
}

function mayJoin(charge: Charge, organization: Organization | null): organization is Organization {
  return organization !== null && (charge === 'everybody' || charge.includes(organization.id))
}

export interface FellowCreation extends Sending {
  readonly user: NewUser
  /** Null where they have a username. */
  readonly plan: NamePlan | null
  readonly passwordHash: string
  readonly organization: OrganizationId | null
  /** Under which the mail is counted; null where it is not. */
  readonly request: string | null
}

export async function commitCreateFellow(
  transaction: Transaction,
  { user, plan, passwordHash, organization, request, ...sending }: FellowCreation,
): Promise<Outcome<User, Refusals>> {
  const { store, nowMs } = transaction
  const { actor } = sending
  const charge = await chargeOf(store.members, actor, 'users:create')
  if (!charge.ok) return charge
  const added = plan === null ? await store.users.add(user) : await addNamed(transaction, user, plan)
  if (!added.ok) return added
  if (request !== null && !(await store.links.countRequest(request, nowMs)))
    return refuse({ code: 'sent_just_now', retryAfterSeconds: limits.linkRequestsApartMs / 1000 })
  await store.credentials.setPassword(user.id, passwordHash, nowMs)
  await record(transaction, actor, user.id, 'created')
  if (organization !== null) {
    if (!mayJoin(charge.value, await store.organizations.byId(organization)))
      return refuse({ code: 'organization_not_found' })
    const joined = await join(transaction, actor, { organizationId: organization, userId: user.id, role: 'member' })
    if (!joined.ok) throw new Error('somebody new belongs to no organization')
  }
  await addInvitation(transaction, added.value, sending, 'made for it')
  return added
}
