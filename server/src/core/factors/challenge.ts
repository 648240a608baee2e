import type { SessionId } from '../sessions/session.ts'
import type { UserId } from '../users/user.ts'

/**
 * Something that was begun and has to be finished within minutes, by whoever holds its id. The id is also what a passkey signs. It is no token:
 * no route takes it but the one that finishes what it stands for.
 */
export type Challenge = HalfSignIn | PasskeySignIn | PasskeyCreation

/** The password was right; the second step is missing. */
export interface HalfSignIn {
  readonly purpose: 'half_sign_in'
  readonly userId: UserId
  /** As it was when the password matched it: another one makes the challenge void. */
  readonly verifiedHash: string
}

/** Anybody may begin to sign in by passkey: who they are is told by the passkey. */
export interface PasskeySignIn {
  readonly purpose: 'passkey_sign_in'
  readonly userId: UserId
}

/** Somebody who is signed in may add a passkey, in the same session. */
export interface PasskeyCreation {
  readonly purpose: 'passkey_creation'
  readonly userId: UserId
  readonly sessionId: SessionId
}
