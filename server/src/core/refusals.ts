import type { ImageKind } from './avatars/avatar.ts'
import type { Permission } from './permissions.ts'

/** Every expected no. A refusal carries facts, never prose and never a status: each contract phrases it in its own words. */
export type Refusal =
  /** The call carries no token, one that is none by its looks, or none that still stands. */
  | { code: 'unauthenticated'; token: 'none' | 'malformed' | 'over' }
  /** The caller is known, but pending or inactive. */
  | { code: 'account_inactive' }
  | { code: 'not_allowed'; needs: Permission }
  /** Takes somebody who has signed in themselves: an API token, or a session in somebody's stead, does not do. */
  | { code: 'not_in_person' }
  /** Allowed on everybody's record but one's own. */
  | { code: 'own_record'; needs: Permission }
  /** Everything that is wrong with what was sent, all at once. */
  | { code: 'invalid'; faults: readonly Fault[] }
  /** No live user answers to `wanted`, or the actor may not know that one does. */
  | { code: 'user_not_found'; wanted: string }
  | { code: 'email_taken' }
  | { code: 'username_taken' }
  /** Somebody, or an organization, has the id or had it. */
  | { code: 'id_taken' }
  /** There is none with this id, or the actor may not know that there is. */
  | { code: 'api_token_not_found' }
  | { code: 'too_many_api_tokens'; max: number }
  /** Nobody acts in the stead of an admin, nor of whoever may not act themselves. */
  | { code: 'not_impersonable'; because: 'admin' | 'inactive' }
  /** The change would leave the directory without an active admin. */
  | { code: 'last_admin' }
  /** There is none with this id. Whoever has no right to any is not told. */
  | { code: 'organization_not_found' }
  /** They do not belong to the organization, or there is no such user: whoever may not look for people is not told which. */
  | { code: 'member_not_found' }
  | { code: 'slug_taken' }
  /** Somebody else saved the organization first. */
  | { code: 'organization_stale'; version: number }
  /** The change would leave the organization without an admin who can sign in. */
  | { code: 'last_organization_admin' }
  | { code: 'too_many_organizations'; max: number }
  | { code: 'not_restorable'; because: 'final' | 'expired' | 'email_taken' | 'username_taken' | 'not_deleted' }
  /** Somebody else saved first: the caller's version is no longer the one that is kept. */
  | { code: 'stale'; version: number }
  | { code: 'wrong_credentials' }
  | { code: 'wrong_current_password' }
  /** The password that a change of address takes is not the user's. */
  | { code: 'wrong_password' }
  /** What was begun is unknown here, finished, too old, tried too often, or made void by what happened to the account in between. */
  | { code: 'challenge_over' }
  /** No code of these minutes that was not used before, and no recovery code that is left. */
  | { code: 'wrong_code'; while: 'signing_in' | 'enrolling' }
  /** A passkey that is not known here, not this person's, or that signed something else than it was asked to. */
  | { code: 'wrong_passkey'; while: 'signing_in' | 'enrolling' }
  /** The user was given another password since this passkey was shown last: it signs in alone once it was shown after that password. */
  | { code: 'password_needed' }
  /** Who changes their factors has to show again who they are: by a new sign-in or, while they have no factor, by their password. */
  | { code: 'proof_needed'; by: 'sign_in' | 'sign_in_or_password' }
  | { code: 'factor_not_found' }
  /** A user has one authenticator app at a time. */
  | { code: 'totp_enrolled' }
  | { code: 'too_many_passkeys'; max: number }
  /** Recovery codes stand in for a factor, and the user has none. */
  | { code: 'no_factor' }
  /** At the address that the operator gave this directory no browser makes or uses a passkey. */
  | { code: 'passkeys_impossible'; because: PasskeyTrouble }
  /** The new password is the one that the user has already. */
  | { code: 'password_unchanged' }
  /** The user has no such session, or it is over. */
  | { code: 'session_not_found' }
  /** The refresh token is unknown or expired, or its session has ended; or it was `spent` before, which ends its session. */
  | { code: 'session_over'; because: 'over' | 'spent' }
  /** The link was not made here, was spent, is void, has expired, or its user may not use it any more: nobody is told which. */
  | { code: 'link_over' }
  | { code: 'registration_closed' }
  /** No mail can verify an address that there is not, that is verified, or whose user is barred. */
  | { code: 'nothing_to_verify'; because: 'no_address' | 'verified' | 'inactive' }
  /** There is none with this id, or it was forgotten. */
  | { code: 'import_not_found' }
  /** The caller has sent a file that is being read. */
  | { code: 'import_under_way' }
  | { code: 'invitation_not_found' }
  | { code: 'invitation_over'; because: 'accepted' | 'revoked' }
  /** `invited`: there is an invitation that can still be accepted. */
  | { code: 'not_invitable'; because: 'not_pending' | 'invited' | 'no_email' }
  /** Whoever is invited into an organization belongs to it. */
  | { code: 'already_member' }
  /** The organization has as many that are neither accepted nor revoked. */
  | { code: 'too_many_invitations'; max: number }
  /** The mail is not to be sent again yet. */
  | { code: 'sent_just_now'; retryAfterSeconds: number }
  | { code: 'too_many_guesses'; retryAfterSeconds: number }
  /** By its first bytes it is none of these, whatever it is called. */
  | { code: 'unsupported_image'; kinds: readonly ImageKind[] }
  | { code: 'unprocessable_image'; because: 'undecodable' | 'too_large' | 'too_slow' }
  /** The scanner found something in it that does harm. */
  | { code: 'file_rejected' }
  | { code: 'avatar_not_found' }
  /** There is no place left in the queue for work that takes long, or what does it is away. */
  | { code: 'busy'; retryAfterSeconds: number }
  /** A batch that was to be done as a whole, and of which nothing was done. */
  | { code: 'batch_aborted'; refusals: readonly RefusedOperation[] }
  | { code: 'mail_not_found'; wanted: string }
  /** Only a dead mail is tried again, and none whose link has come to nothing. */
  | { code: 'mail_not_retriable'; because: 'not_dead' | 'link_over' }
  /** Whom a filter is true of could not be found out in the time there is. */
  | { code: 'filter_too_slow' }
  /** The key stands for another request of the same caller. */
  | { code: 'idempotency_key_reused' }

export type RefusalCode = Refusal['code']
export type RefusalOf<Code extends RefusalCode> = Extract<Refusal, { code: Code }>

/** `place` is the operation's in its batch, from 0. */
export interface RefusedOperation {
  readonly place: number
  readonly refusal: OperationRefusal
}

/** Why a line of a file adds nobody. */
export type EntryRefusal = RefusalOf<'invalid' | 'id_taken' | 'email_taken' | 'username_taken' | 'slug_taken'>

/** What the verbs of users refuse, one by one. */
export type OperationRefusal = RefusalOf<
  | 'unauthenticated'
  | 'account_inactive'
  | 'not_allowed'
  | 'not_in_person'
  | 'invalid'
  | 'busy'
  | 'user_not_found'
  | 'stale'
  | 'email_taken'
  | 'username_taken'
  | 'id_taken'
  | 'last_admin'
  | 'not_restorable'
>

/** What browsers object to: an IP address for a name, or a connection that is not encrypted. */
export type PasskeyTrouble = 'address_without_name' | 'address_not_encrypted'

/** One thing that is wrong with one field. `field` is a path in the core's own names (`profile.bio`), `''` for the whole body. */
export type Fault = { readonly field: string } & Flaw

export type Flaw =
  | { flaw: 'missing' }
  | { flaw: 'blank' }
  | { flaw: 'unknown_field' }
  | { flaw: 'not_updatable' }
  /** Sent more than once where one value is meant. */
  | { flaw: 'repeated' }
  | { flaw: 'wrong_type'; expected: string }
  | { flaw: 'not_one_of'; values: readonly string[] }
  | { flaw: 'too_short'; min: number; length: number }
  | { flaw: 'too_long'; max: number; length: number }
  | { flaw: 'out_of_range'; min: number; max: number }
  | { flaw: 'too_many'; max: number }
  | { flaw: 'too_deep'; max: number }
  | { flaw: 'too_many_passwords'; max: number }
  /** Control characters, bidi overrides, NUL, lone surrogates, or marks in a heap. */
  | { flaw: 'forbidden_characters' }
  | { flaw: 'bad_email' }
  | { flaw: 'bad_username' }
  | { flaw: 'bad_url' }
  | { flaw: 'bad_slug' }
  | { flaw: 'bad_id' }
  | { flaw: 'bad_instant' }
  /** An instant that is over already, or further ahead than so many days. */
  | { flaw: 'not_within_days'; max: number }
  /** No cursor that was given out for this question. */
  | { flaw: 'bad_cursor' }
  | { flaw: 'not_together'; other: string }
  | { flaw: 'not_after'; other: string }
  | { flaw: 'bad_language' }
  | { flaw: 'bad_timezone' }
  /** An expression: what is wrong with it, in words of whoever read it, and the how many-th character that is about, from 1. */
  | { flaw: 'unreadable'; trouble: string; position: number }
  /** Nobody becomes pending again. */
  | { flaw: 'pending_is_only_a_beginning' }
  /** One's own address changes by verification, not by an update. */
  | { flaw: 'changed_by_verification_only' }
  | { flaw: 'weak_password'; lacks: readonly PasswordLack[] }
  /** No password hash, or none of a form that can be verified. */
  | { flaw: 'unknown_hash' }
  /** Three pictures, none of them anything but what a directory like this one makes of what people upload. */
  | { flaw: 'bad_picture' }
  | { flaw: 'unknown_organization' }
  /** It is somebody else's. */
  | { flaw: 'taken' }
  /** It lets somebody sign in, so it is taken from whoever is there in person only. */
  | { flaw: 'not_taken_here' }
  /** To verify the password hash would cost more than a sign-in may. */
  | { flaw: 'costly_hash'; cost: HashCost; max: number }

export type PasswordLack = 'upper' | 'lower' | 'digit' | 'symbol' | 'uncommon' | 'impersonal'

/** What a password hash asks for: memory in KiB, the same times passes, or what the form itself counts. */
export type HashCost =
  | 'argon2_kib'
  | 'argon2_kib_passes'
  | 'bcrypt_cost'
  | 'scrypt_bytes'
  | 'pbkdf2_rounds'
  | 'phpass_rounds'
