import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { type OrganizationId, parseOrganizationId } from '../organizations/organization.ts'
import { mayIn, reachedAsAdmin } from '../organizations/reach-organization.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseEmail } from '../users/names.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import { oneOf } from '../users/values.ts'
import { type Invited, invitationStates } from './invitation.ts'

export interface InvitationListValues extends PageValues {
  state: string
  email: string
  organizationId: string
}

/**
 * A page of the invitations that match, newest first: of all, or of those into the organizations that the actor administers. `email` is the address that
 * the user has, or had when they were deleted; to an organization's admins it is the one to which they sent.
 */
export async function listInvitations(
  core: Pick<Core, 'directory' | 'linkTokens' | 'clock'>,
  actor: Actor,
  form: Form<InvitationListValues>,
): Promise<Outcome<Page<Invited>, 'not_allowed' | 'invalid'>> {
  const { values } = form
  const reached = await reachedBy(core, actor, values.organizationId)
  if (reached === null) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  const reading = startReading(form.faults)
  const wanted = reading.read('organizationId', values.organizationId, parseOrganizationId)
  const { page, limit } = readPage(values, reading, limits.invitationsPageSizeDefault)
  const state = reading.read('state', values.state, (sent) => oneOf(invitationStates, sent)) ?? null
  const email = reading.read('email', values.email, parseEmail) ?? null
  if (reading.faults.length > 0) return invalid(reading.faults)
  const offset = (page - 1) * limit
  const question = { state, atMs: core.clock(), offset, limit }
  if (reached === 'all') {
    const within = wanted === undefined ? null : { organizationIds: [wanted], address: null }
    return grant({ ...(await core.directory.invitations.page({ ...question, email, within })), page, limit })
  }
  const organizationIds = wanted === undefined ? reached : [wanted]
  const address = email === null ? null : core.linkTokens.requestName('organization_invitation', email)
  const within = { organizationIds, address }
  return grant({ ...(await core.directory.invitations.page({ ...question, email: null, within })), page, limit })
}

/** To whose invitations the actor may look: to all, to those into some organizations, or, null, to none. */
async function reachedBy(
  { directory }: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string | undefined,
): Promise<'all' | readonly OrganizationId[] | null> {
  if (may(actor, 'invitations:manage')) return 'all'
  if (wanted !== undefined && !(await mayIn(directory, actor, 'invitations:manage', wanted))) return null
  const reached = await reachedAsAdmin(directory, actor, 'invitations:manage')
  return reached.length === 0 ? null : reached
}
