import type { Activity } from '../../core/activity/activity.ts'
import { type Invitation, type Invited, stateOf } from '../../core/invitations/invitation.ts'
import type { Link } from '../../core/links/link.ts'
import type { Mail } from '../../core/mail/mail.ts'
import type { PersonalExport } from '../../core/personal-data/export-user.ts'
import type { PersonalData } from '../../core/personal-data/personal-data.ts'
import { deviceOf } from '../../core/sessions/device.ts'
import type { Session } from '../../core/sessions/session.ts'
import { presentFactor } from './factors.ts'
import { presentMembership } from './organizations.ts'
import { instant, presentActivity, presentApiToken, presentWhole } from './present.ts'

/** Everything that is kept of one person as one document; what may be long is read while it is sent. */
export async function* writePersonalExport(kept: PersonalExport): AsyncGenerator<string> {
  const { exportedAtMs, activity, acts, invitationsSent } = kept
  const head = JSON.stringify({ exportedAt: instant(exportedAtMs), ...presentPersonalData(kept, exportedAtMs) })
  yield `{"data":${head.slice(0, -1)},"activity":[`
  yield* writeItems(activity, presentActivity)
  yield '],"acts":['
  yield* writeItems(acts, presentAct)
  yield '],"invitationsSent":['
  yield* writeItems(invitationsSent, (invitation) => presentInvitationIn(invitation, exportedAtMs))
  yield ']}}'
}

async function* writeItems<T>(stretches: AsyncIterable<readonly T[]>, present: (item: T) => unknown) {
  let separator = ''
  for await (const items of stretches) {
    yield separator + items.map((item) => JSON.stringify(present(item))).join(',')
    separator = ','
  }
}

function presentPersonalData({ user, passwordChangedAtMs, ...kept }: Omit<PersonalData, 'activity'>, nowMs: number) {
  const { preferences, profile, username, number, attributes, ...row } = presentWhole(user, 'by id')
  const { redirectUri } = user.particulars
  return {
    user: {
      ...row,
      username,
      number,
      redirectUri,
      profile,
      preferences,
      attributes,
      deletedAt: instantOrNull(user.deletion?.atMs ?? null),
      passwordChangedAt: instantOrNull(passwordChangedAtMs),
    },
    picture: kept.avatar === null ? null : presentPicture(kept.avatar.pictures),
    factors: kept.factors.factors.map(presentFactor),
    recoveryCodesLeft: kept.factors.recoveryCodesLeft,
    sessions: kept.sessions.map(presentKeptSession),
    apiTokens: kept.apiTokens.map(presentApiToken),
    organizations: kept.memberships.map(presentMembership),
    invitations: kept.invitations.map((invited) => presentReceived(invited, nowMs)),
    mailedLinks: kept.links.map(presentLink),
    mail: kept.mail.map(presentMail),
    requests: kept.requestsAtMs.map(instant),
  }
}

function presentPicture({ large, medium, small }: NonNullable<PersonalData['avatar']>['pictures']) {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return { large: base64(large), medium: base64(medium), small: base64(small) }
}

function presentKeptSession({ id, origin, createdAtMs, lastUsedAtMs, expiresAtMs, endedAtMs, impersonator }: Session) {
  return {
    id,
    device: deviceOf(origin.userAgent),
    userAgent: origin.userAgent,
    ip: origin.ip,
    createdAt: instant(createdAtMs),
    lastUsedAt: instant(lastUsedAtMs),
    expiresAt: instant(expiresAtMs),
    ...(impersonator === undefined ? {} : { impersonator: impersonator.id }),
    endedAt: instantOrNull(endedAtMs),
  }
}

function presentAct(entry: Activity) {
  return { ...presentActivity(entry), userId: entry.userId }
}

function presentReceived({ invitation, invitee: { email, firstName, lastName, role } }: Invited, nowMs: number) {
  return { ...presentInvitationIn(invitation, nowMs), email, firstName, lastName, role }
}

function presentInvitationIn(invitation: Invitation, nowMs: number) {
  const { id, into, createdAtMs, sentAtMs, expiresAtMs, acceptedAtMs, revokedAtMs } = invitation
  return {
    id,
    state: stateOf(invitation, nowMs),
    organizationId: into?.organizationId ?? null,
    organizationRole: into?.role ?? null,
    createdAt: instant(createdAtMs),
    sentAt: instant(sentAtMs),
    expiresAt: instant(expiresAtMs),
    acceptedAt: instantOrNull(acceptedAtMs),
    revokedAt: instantOrNull(revokedAtMs),
  }
}

function presentLink({ id, purpose, email, createdAtMs, expiresAtMs, endedAtMs }: Link) {
  return {
    id,
    purpose,
    email,
    createdAt: instant(createdAtMs),
    expiresAt: instant(expiresAtMs),
    endedAt: instantOrNull(endedAtMs),
  }
}

function presentMail({ id, message, to, name, state, createdAtMs, settledAtMs }: Mail) {
  return {
    id,
    kind: message.kind,
    to,
    name,
    ip: 'ip' in message ? message.ip : null,
    state,
    createdAt: instant(createdAtMs),
    settledAt: instantOrNull(settledAtMs),
  }
}

function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : instant(ms)
}
