import type { ApiTokenId } from './api-tokens/api-token.ts'
import type { Permission, Role } from './permissions.ts'
import type { SessionId } from './sessions/session.ts'
import type { UserId } from './users/user.ts'

/** Who asks. Plain data: it crosses threads, and each entry of the activity log is made from it. */
export type Actor =
  /** A command, a job, or the loopback administration port. */
  | { readonly kind: 'system'; readonly origin: Origin }
  | {
      readonly kind: 'user'
      readonly id: UserId
      readonly role: Role
      readonly means: Means
      readonly origin: Origin
    }
  /** Nobody has signed in: registration, sign-in and refreshing are all that a stranger can ask for. */
  | { readonly kind: 'stranger'; readonly origin: Origin }

export type SignedIn = Extract<Actor, { kind: 'user' }>

/** What stands behind the call of a user. */
export type Means =
  | { readonly kind: 'session'; readonly sessionId: SessionId }
  | { readonly kind: 'api_token'; readonly tokenId: ApiTokenId; readonly permissions: readonly Permission[] }
  /** Somebody else does what the user may do. */
  | { readonly kind: 'impersonation'; readonly by: UserId; readonly sessionId: SessionId }

/** Where a call came from: personal data, which is kept sealed. */
export type Origin = { readonly ip: string | null; readonly userAgent: string | null }

export const nowhere: Origin = { ip: null, userAgent: null }

export const system: Actor = { kind: 'system', origin: nowhere }

/** Who it really is: not the user in whose stead somebody acts. */
export function actorId(actor: Actor): UserId | null {
  if (actor.kind !== 'user') return null
  return actor.means.kind === 'impersonation' ? actor.means.by : actor.id
}
