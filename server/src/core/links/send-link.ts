import { limits } from '../limits.ts'
import type { NewMail } from '../mail/mail.ts'
import type { Transaction } from '../ports.ts'
import { type Email, type NewUser, nobody } from '../users/user.ts'
import type { LinkId, LinkPurpose } from './link.ts'

/** Where mail to somebody goes: to their address as it is kept, never as somebody typed it. */
export type Addressee = Pick<NewMail, 'userId' | 'to' | 'name'>

/** An invitation says itself how long it stands. */
type Lasting = Exclude<LinkPurpose, 'invitation' | 'organization_invitation'>

/** Leaves a link to be mailed. */
export async function sendLink(transaction: Transaction, addressee: Addressee, purpose: Lasting): Promise<void> {
  const { store, nowMs } = transaction
  const link = await issueLink(transaction, addressee, purpose)
  const kind = purpose === 'change_email' ? 'confirm_email' : purpose
  await store.mail.add({ ...addressee, message: { kind, link }, atMs: nowMs })
}

export async function issueLink(
  { store, nowMs }: Transaction,
  { userId, to: email }: Addressee,
  purpose: Lasting,
): Promise<LinkId> {
  return store.links.issue({ userId, purpose, email, createdAtMs: nowMs, expiresAtMs: nowMs + lifetimeMs[purpose] })
}

const lifetimeMs: Readonly<Record<Lasting, number>> = {
  verify_email: limits.verificationLinkMs,
  change_email: limits.emailChangeLinkMs,
  reset_password: limits.passwordResetLinkMs,
}

/**
 * For mail that a stranger asked for at `typed`. They may have written the name themselves, and must not have their words mailed to others: it
 * greets nobody but whoever has proved their address. For nobody the same work is done, and taken back.
 */
export function addresseeOf(user: NewUser | null, typed: Email): Addressee {
  if (user === null) return { userId: nobody, to: typed, name: null }
  return { userId: user.id, to: user.email ?? typed, name: user.emailVerified ? user.firstName : null }
}
