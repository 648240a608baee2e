import type { LinkId } from '../links/link.ts'
import type { Email, UserId } from '../users/user.ts'

/** UUIDv7. */
export type MailId = string & { readonly brand: 'MailId' }

/** What a mail says, as facts: the words are found when it is sent, and so is the token of its link. Sealed. */
export type Message =
  | { readonly kind: 'verify_email'; readonly link: LinkId }
  /** Somebody asked for an account with an address that has one. */
  | { readonly kind: 'already_registered' }
  | { readonly kind: 'invitation'; readonly link: LinkId; readonly invitedBy: string | null }
  | { readonly kind: 'reset_password'; readonly link: LinkId }
  | { readonly kind: 'password_was_reset' }
  /** To the new address. */
  | { readonly kind: 'confirm_email'; readonly link: LinkId }
  /** To the old one. */
  | { readonly kind: 'email_was_changed' }
  | { readonly kind: 'account_locked'; readonly ip: string | null; readonly untilMs: number }

export type MessageKind = Message['kind']

/** A mail that is to be sent because of what its transaction did. */
export interface NewMail {
  readonly userId: UserId
  /** As it is kept, never as somebody typed it. */
  readonly to: Email
  /** First name, for the greeting. */
  readonly name: string | null
  readonly message: Message
  readonly atMs: number
}
