import type { Factor } from '../factors/factor.ts'
import type { LinkId, LinkPurpose } from '../links/link.ts'
import type { Email, UserId } from '../users/user.ts'

/** UUIDv7. */
export type MailId = string & { readonly brand: 'MailId' }

/** What a mail says, as facts: the words are found when it is sent, and so is the token of its link. Sealed. */
export type Message =
  | { readonly kind: 'verify_email'; readonly link: LinkId }
  /** Somebody asked for an account with an address that has one. */
  | { readonly kind: 'already_registered' }
  | { readonly kind: 'invitation'; readonly link: LinkId; readonly invitedBy: string | null }
  | {
      readonly kind: 'organization_invitation'
      readonly link: LinkId
      readonly invitedBy: string | null
      /** What it was called when the mail was left to be sent. */
      readonly organization: string
    }
  | { readonly kind: 'reset_password'; readonly link: LinkId }
  | { readonly kind: 'password_was_reset' }
  /** To the new address. */
  | { readonly kind: 'confirm_email'; readonly link: LinkId }
  /** To the old one. */
  | { readonly kind: 'email_was_changed' }
  | { readonly kind: 'account_locked'; readonly ip: string | null; readonly untilMs: number }
  /** Of somebody whose password is known to whoever tried. */
  | { readonly kind: 'codes_locked'; readonly ip: string | null; readonly untilMs: number }
  | ({ readonly kind: 'password_changed' } & DoneBy)
  | { readonly kind: 'api_token_made'; readonly ip: string | null }
  | ({ readonly kind: 'api_token_revoked' } & DoneBy)
  | { readonly kind: 'factor_added'; readonly factor: Factor['kind']; readonly ip: string | null }
  | ({ readonly kind: 'factor_removed'; readonly factor: Factor['kind'] } & DoneBy)
  | { readonly kind: 'recovery_codes_made'; readonly ip: string | null }
  /** The last that somebody hears who did not ask. */
  | ({ readonly kind: 'notices_off' } & DoneBy)

/** From where it was done is told when the owner of the account, or whoever passes for them, did it. */
export interface DoneBy {
  readonly by: 'owner' | 'admin'
  readonly ip: string | null
}

export type MessageKind = Message['kind']

export const messageKinds: readonly MessageKind[] = [
  'verify_email',
  'already_registered',
  'invitation',
  'organization_invitation',
  'reset_password',
  'password_was_reset',
  'confirm_email',
  'email_was_changed',
  'account_locked',
  'codes_locked',
  'password_changed',
  'api_token_made',
  'api_token_revoked',
  'factor_added',
  'factor_removed',
  'recovery_codes_made',
  'notices_off',
]

/** What the link of a mail of this kind is good for; null for kinds that have none. */
export function purposeOf(kind: MessageKind): LinkPurpose | null {
  switch (kind) {
    case 'verify_email':
    case 'invitation':
    case 'organization_invitation':
    case 'reset_password':
      return kind
    case 'confirm_email':
      return 'change_email'
    case 'already_registered':
    case 'password_was_reset':
    case 'email_was_changed':
    case 'account_locked':
    case 'codes_locked':
    case 'password_changed':
    case 'api_token_made':
    case 'api_token_revoked':
    case 'factor_added':
    case 'factor_removed':
    case 'recovery_codes_made':
    case 'notices_off':
      return null
  }
}

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

export const mailStates = ['waiting', 'sent', 'dead'] as const
/** Waiting until it is taken by whoever carries mail on, or given up. */
export type MailState = (typeof mailStates)[number]

/** A mail in the outbox. */
export interface Mail {
  readonly id: MailId
  readonly userId: UserId
  readonly to: Email
  readonly name: string | null
  readonly message: Message
  readonly state: MailState
  readonly createdAtMs: number
  /** While it waits: when it is to be taken up, or taken up anew if whoever has it does not settle it. */
  readonly dueAtMs: number
  /** It is not tried any more after this. */
  readonly triedUntilMs: number
  /** How often it was taken up since it was written, or last revived. */
  readonly attempts: number
  readonly settledAtMs: number | null
  /** Where it went, once it is sent. */
  readonly via: MailWay | null
  /** Why it was not taken the last time. */
  readonly failure: MailFailure | null
}

/** By a mail server, or into the mailbox that development has instead, where admins read it. */
export type MailWay = 'smtp' | 'mailbox'

/** A short code, never the words of a mail server: those may quote addresses. */
export type MailFailure =
  /** What it asks for was done by another link, is not wanted any more, or has taken too long. */
  | 'link_over'
  /** Nothing could be sent for as long as it was to be tried. */
  | 'too_late'
  | 'no_connection'
  | 'timeout'
  /** The mail server could not show who it is, or cannot encrypt. */
  | 'no_tls'
  | 'sign_in_refused'
  | 'not_sent'
  /** The mail server's own, as in `smtp_550`. */
  | `smtp_${number}`

/** What the mail says in words. */
export interface Letter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A mail as it is shown to whoever looks after the outbox. */
export interface MailShown extends Mail {
  readonly subject: string
}

/** What came of one attempt. */
export type Delivery =
  | { readonly kind: 'sent'; readonly via: MailWay }
  | {
      readonly kind: 'failed'
      readonly failure: MailFailure
      /** Another attempt would come to the same. */
      readonly isFinal: boolean
      /** It says nothing of this mail: others would have met the same. */
      readonly isGeneral: boolean
    }
  /** Broken off by ourselves. */
  | { readonly kind: 'given_back' }
