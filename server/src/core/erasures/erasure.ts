import type { UserId } from '../users/user.ts'

/** UUIDv7. */
export type ErasureId = string & { readonly brand: 'ErasureId' }

export const erasureCauses = ['asked', 'retention', 'restored'] as const
/** An admin asked for it, the deletion is as long ago as it may be, or a backup brought somebody back who had been erased. */
export type ErasureCause = (typeof erasureCauses)[number]

/** Everything that is kept of a person beside the record, by the name of the noun. */
export const erasedThings = [
  'profile',
  'names',
  'passwords',
  'sessions',
  'refreshTokens',
  'apiTokens',
  'factors',
  'recoveryCodes',
  'challenges',
  'mailedLinks',
  'mail',
  'invitations',
  'memberships',
  'pictures',
  'requests',
  'imports',
] as const
export type ErasedThing = (typeof erasedThings)[number]

/** That nothing is kept of somebody any more but their id, their number and when things happened. It says nothing about who they were. */
export interface Erasure {
  readonly id: ErasureId
  readonly userId: UserId
  readonly cause: ErasureCause
  readonly atMs: number
  /** How many there were of each; what there was none of is left out. */
  readonly erased: { readonly [Thing in ErasedThing]?: number }
  /** From when on nothing that others did says more of them than their id; null while that is owed. */
  readonly sweptAtMs: number | null
  /** From when on nothing of them is left in files either; null while that is owed. */
  readonly finishedAtMs: number | null
}
