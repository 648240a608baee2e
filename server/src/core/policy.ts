import type { Email } from './users/user.ts'

/** What the operator decided about everybody, as use-cases need it. */
export interface Policy {
  /** The house's password rule holds in every contract. */
  readonly houseFloorEverywhere: boolean
  readonly retentionMs: number
  readonly activityRetentionMs: number
  readonly refreshTokenTtlMs: number
  /** Strangers may ask for an account. */
  readonly registrationIsOpen: boolean
  readonly uploadsAreScanned: boolean
  /** Addresses of admins whose first password others know: it is documented, or stands in the settings. */
  readonly defaultAdmins: readonly Email[]
}
