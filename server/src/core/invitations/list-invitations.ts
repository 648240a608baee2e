import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
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
}

/** A page of the invitations that match, newest first. `email` is the address that the user has, or had when they were deleted. */
export async function listInvitations(
  core: Pick<Core, 'directory' | 'clock'>,
  actor: Actor,
  form: Form<InvitationListValues>,
): Promise<Outcome<Page<Invited>, 'not_allowed' | 'invalid'>> {
  if (!may(actor, 'invitations:manage')) return refuse({ code: 'not_allowed', needs: 'invitations:manage' })
  const reading = startReading(form.faults)
  const { values } = form
  const { page, limit } = readPage(values, reading, limits.invitationsPageSizeDefault)
  const state = reading.read('state', values.state, (sent) => oneOf(invitationStates, sent)) ?? null
  const email = reading.read('email', values.email, parseEmail) ?? null
  if (reading.faults.length > 0) return invalid(reading.faults)
  const offset = (page - 1) * limit
  const { items, total } = await core.directory.invitations.page({ state, email, atMs: core.clock(), offset, limit })
  return grant({ items, page, limit, total })
}
