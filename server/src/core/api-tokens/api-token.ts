import type { Permission } from '../permissions.ts'
import type { UserId } from '../users/user.ts'

/** UUIDv7 in lower case. */
export type ApiTokenId = string & { readonly brand: 'ApiTokenId' }

/** With what every token begins, so that people and scanners know one where they see it. */
export const apiTokenPrefix = 'roster_'

/** A way in that a person made for a program. What the program holds is shown once, and no part of this. */
export interface ApiToken {
  readonly id: ApiTokenId
  readonly userId: UserId
  readonly name: string
  /** What it is for. It never does more than its owner may do themselves at that moment. */
  readonly permissions: readonly Permission[]
  readonly createdAtMs: number
  readonly expiresAtMs: number
  /** To the minute. */
  readonly lastUsedAtMs: number | null
}

/** As much of a token as whoever lets it in has to know. It never changes. */
export type ApiTokenGrant = Pick<ApiToken, 'id' | 'userId' | 'permissions' | 'expiresAtMs'>
