import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'

export const attentionCodes = [
  /** An admin whose first password stands in the documentation or the settings is active beside another admin. */
  'default_admin_active',
  /** They wait for an admin, or for the link in their mail. */
  'users_pending',
  'invitations_pending',
  'invitations_expired',
  /** It was given up. */
  'mail_dead',
  /** Nobody carries mail on, so it waits. */
  'mail_not_sent',
  /** Pictures are kept without having been scanned. */
  'uploads_not_scanned',
] as const
export type AttentionCode = (typeof attentionCodes)[number]

export interface Attention {
  readonly code: AttentionCode
  /** How many of it there are. */
  readonly n: number
}

type AttentionCore = Pick<Core, 'directory' | 'clock' | 'policy' | 'post'>

/** What an admin should look after, in the order of `attentionCodes`; nothing when all is well. */
export async function listAttention(
  core: AttentionCore,
  actor: Actor,
): Promise<Outcome<readonly Attention[], 'not_allowed'>> {
  if (!may(actor, 'settings:read')) return refuse({ code: 'not_allowed', needs: 'settings:read' })
  const { directory, post, policy } = core
  const [totals, mail, pending, expired, defaultAdmins] = await Promise.all([
    directory.users.totals(),
    directory.mail.counts(),
    countInvitations(core, 'pending'),
    countInvitations(core, 'expired'),
    countDefaultAdmins(core),
  ])
  const counts: Readonly<Record<AttentionCode, number>> = {
    default_admin_active: defaultAdmins,
    users_pending: totals.reduce((sum, { status, n }) => (status === 'pending' ? sum + n : sum), 0),
    invitations_pending: pending,
    invitations_expired: expired,
    mail_dead: mail.dead,
    mail_not_sent: post.way === null ? mail.waiting : 0,
    uploads_not_scanned: policy.uploadsAreScanned ? 0 : 1,
  }
  return grant(attentionCodes.map((code) => ({ code, n: counts[code] })).filter(({ n }) => n > 0))
}

async function countInvitations({ directory, clock }: AttentionCore, state: 'pending' | 'expired'): Promise<number> {
  const everywhere = { email: null, within: null, atMs: clock(), offset: 0, limit: 1 }
  return (await directory.invitations.page({ ...everywhere, state })).total
}

/** Alone, such an admin is how somebody gets in at all. */
async function countDefaultAdmins({ directory, policy }: AttentionCore): Promise<number> {
  const those = await Promise.all(policy.defaultAdmins.map((email) => directory.users.byClaim('email', email)))
  const active = those.filter((user) => user?.role === 'admin' && user.status === 'active').length
  return active < (await directory.users.activeAdmins()) ? active : 0
}
