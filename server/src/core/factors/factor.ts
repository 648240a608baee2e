import type { UserId } from '../users/user.ts'

/** UUIDv7 in lower case. */
export type FactorId = string & { readonly brand: 'FactorId' }

/** What a person has, besides what they know: an authenticator app, or a passkey on a device. */
export interface Factor {
  readonly id: FactorId
  readonly userId: UserId
  readonly kind: 'totp' | 'passkey'
  /** As the person calls it. */
  readonly name: string
  readonly createdAtMs: number
  /** Null until it was shown to work; asked for from then on. */
  readonly confirmedAtMs: number | null
  readonly lastUsedAtMs: number | null
}

/** A factor with what it is verified by. Nobody is shown this. */
export type KeptFactor = KeptTotp | KeptPasskey

export interface KeptTotp {
  readonly kind: 'totp'
  readonly factor: Factor
  /** Base32. */
  readonly secret: string
}

export interface KeptPasskey {
  readonly kind: 'passkey'
  readonly factor: Factor
  readonly passkey: Passkey
}

/** The public half of a credential (Web Authentication, “public key credential source”). Bytes are in base64url. */
export interface Passkey {
  readonly credentialId: string
  readonly publicKey: string
  /** How often it has signed, as it counts itself; 0 where it does not count. */
  readonly signCount: number
  /** How a browser reaches it, as the browser said. */
  readonly transports: readonly string[]
}

/** How a sign-in goes on after the password. */
export type SecondStep = Factor['kind'] | 'recovery_code'

/** What a user has set up, as it may be shown. */
export interface Factors {
  readonly factors: readonly Factor[]
  readonly recoveryCodesLeft: number
}
