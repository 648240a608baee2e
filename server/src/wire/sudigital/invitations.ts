import type { Actor } from '../../core/actor.ts'
import { form } from '../../core/form.ts'
import { acceptInvitation } from '../../core/invitations/accept-invitation.ts'
import { type Invited, partiesShownTo, stateOf } from '../../core/invitations/invitation.ts'
import { invite as inviteSomebody, type Sent } from '../../core/invitations/invite.ts'
import { inviteUser as inviteThem } from '../../core/invitations/invite-user.ts'
import { listInvitations } from '../../core/invitations/list-invitations.ts'
import { readInvitation } from '../../core/invitations/read-invitation.ts'
import { resendInvitation } from '../../core/invitations/resend-invitation.ts'
import { revokeInvitation } from '../../core/invitations/revoke-invitation.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { acceptanceBody, inviteBody } from './invitation-shapes.ts'
import { readNewPassword } from './new-password.ts'
import { instant } from './present.ts'
import { refusals } from './refusals.ts'

const inviteForm = compileForm(inviteBody)
const acceptanceForm = compileForm(acceptanceBody)

const privately = { 'cache-control': 'private, no-cache' }

export async function invite(call: Call): Promise<Answer> {
  const sent = await inviteSomebody(call.core, call.actor, readForm(inviteForm, call.body))
  return sent.ok ? presentSent(call, sent.value) : phrase(refusals, sent.refusal)
}

export async function inviteUser(call: Call): Promise<Answer> {
  const sent = await inviteThem(call.core, call.actor, call.params.id ?? '')
  return sent.ok ? presentSent(call, sent.value) : phrase(refusals, sent.refusal)
}

function presentSent({ mount, actor, nowMs }: Call, { isNew, ...invited }: Sent): Answer {
  const location = `${mount}/api/invitations/${invited.invitation.id}`
  return json(isNew ? 201 : 200, { data: presentInvitation(actor, invited, nowMs) }, { location })
}

export async function list({ core, actor, query, nowMs }: Call): Promise<Answer> {
  const listed = await listInvitations(
    core,
    actor,
    readQuery(query, ['page', 'limit', 'state', 'email', 'organizationId']),
  )
  if (!listed.ok) return phrase(refusals, listed.refusal)
  const { items, page, limit, total } = listed.value
  const data = items.map((invited) => presentInvitation(actor, invited, nowMs))
  return json(200, { data, meta: { page, limit, total } }, privately)
}

export async function read({ core, actor, params, nowMs }: Call): Promise<Answer> {
  const found = await readInvitation(core, actor, params.id ?? '')
  if (!found.ok) return phrase(refusals, found.refusal)
  return json(200, { data: presentInvitation(actor, found.value, nowMs) }, privately)
}

export async function resend({ core, actor, params, nowMs }: Call): Promise<Answer> {
  const sent = await resendInvitation(core, actor, params.id ?? '')
  return sent.ok ? json(200, { data: presentInvitation(actor, sent.value, nowMs) }) : phrase(refusals, sent.refusal)
}

export async function revoke({ core, actor, params }: Call): Promise<Answer> {
  const revoked = await revokeInvitation(core, actor, params.id ?? '')
  if (!revoked.ok) return phrase(refusals, revoked.refusal)
  return json(200, { message: 'Invitation revoked successfully', revokedAt: instant(revoked.value.revokedAtMs) })
}

export async function accept({ core, actor, body }: Call): Promise<Answer> {
  const accepted = await acceptInvitation(core, actor, readForm(acceptanceForm, body))
  if (accepted.ok) return json(200, { message: 'Invitation accepted; the account is active' })
  const { refusal } = accepted
  if (refusal.code !== 'invalid') return phrase(refusals, refusal)
  return phrase(refusals, { ...refusal, faults: readNewPassword(form({}, refusal.faults), 'password').faults })
}

export function presentInvitation(actor: Actor, { invitation, invitee }: Invited, nowMs: number) {
  const { id, into, createdAtMs, sentAtMs, expiresAtMs, acceptedAtMs, revokedAtMs } = invitation
  const { userId, invitedBy } = partiesShownTo(actor, invitation)
  return {
    id,
    state: stateOf(invitation, nowMs),
    email: invitee.email,
    role: invitee.role,
    firstName: invitee.firstName,
    lastName: invitee.lastName,
    ...(into === null ? {} : { organizationId: into.organizationId, organizationRole: into.role }),
    userId,
    invitedBy,
    createdAt: instant(createdAtMs),
    sentAt: instant(sentAtMs),
    expiresAt: instant(expiresAtMs),
    acceptedAt: acceptedAtMs === null ? null : instant(acceptedAtMs),
    revokedAt: revokedAtMs === null ? null : instant(revokedAtMs),
  }
}
