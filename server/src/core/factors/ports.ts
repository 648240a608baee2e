import type { Eventually } from '../outcome.ts'
import type { PasskeyTrouble } from '../refusals.ts'
import type { UserId } from '../users/user.ts'
import type { Challenge } from './challenge.ts'
import type { Factor, FactorId, Factors, KeptFactor, KeptPasskey, Passkey } from './factor.ts'

// ── what is kept ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FactorReads {
  /** Whether the user has a confirmed factor, so that a password alone is not enough. */
  guards(userId: UserId): Eventually<boolean>
  /** In order of creation, as they may be shown. */
  ofUser(userId: UserId): Promise<Factors>
  /** The same with what verifies them. */
  keptOf(userId: UserId): Promise<readonly KeptFactor[]>
  /** Whose credential it is. */
  passkeyBy(credentialDigest: string): Promise<KeptPasskey | null>
}

export interface ChallengeReads {
  /** Null when there is none, or its time is over. */
  byDigest(digest: string, nowMs: number): Promise<Challenge | null>
}

/** What is used up or counted is so by one statement each: of any number of callers with the same code one is told true. */
export interface FactorStore extends FactorReads {
  /** In place of one that was never confirmed; false when one is. */
  addTotp(factor: Factor, secret: string): Promise<boolean>
  /** False when somebody, whoever it is, has the credential already. */
  addPasskey(factor: Factor, passkey: Passkey, credentialDigest: string): Promise<boolean>
  /** A confirmed factor as it was elsewhere; false when its id or its credential is somebody's. */
  keep(factor: KeptFactor, credentialDigest: string | null): Promise<boolean>
  /** `step` is that of the code which confirmed it. */
  confirmTotp(id: FactorId, step: number, atMs: number): Promise<boolean>
  /** Takes the code of a step that is later than all that were taken. */
  useTotp(id: FactorId, step: number, atMs: number): Promise<boolean>
  /** Takes a signature that is counted higher than all before it, where the passkey counts. */
  usePasskey(id: FactorId, signCount: number, atMs: number): Promise<boolean>
  /** The factor that is gone; null when the user has none of this id. */
  remove(userId: UserId, id: FactorId): Promise<Factor | null>
  /** These, and none that were there before. */
  replaceRecoveryCodes(userId: UserId, digests: readonly string[]): Promise<void>
  useRecoveryCode(userId: UserId, digest: string, atMs: number): Promise<boolean>
  /** All that the user has set up. */
  forget(userId: UserId): Promise<void>
  /** What was begun before and never confirmed. */
  forgetUnconfirmed(beforeMs: number): Promise<void>
}

export interface ChallengeStore {
  add(digest: string, challenge: Challenge, expiresAtMs: number): Promise<void>
  /** Counts one more attempt at what the digest stands for; null when too many were made, or there is none. */
  attempt(digest: string, nowMs: number, attemptsMax: number): Promise<Challenge | null>
  /** Spends it: of any number of callers exactly one gets it. */
  take(digest: string, nowMs: number): Promise<Challenge | null>
  voidAll(userId: UserId): Promise<void>
  forget(beforeMs: number): Promise<void>
}

// ── what is asked of the world ────────────────────────────────────────────────────────────────────────────────────────

export interface FactorWorld {
  readonly totp: Totp
  readonly passkeys: Passkeys
  readonly secrets: Secrets
}

/** Time-based one-time codes (RFC 6238) as authenticator apps make them: SHA-1, six digits, a step every thirty seconds. */
export interface Totp {
  /** 160 random bits, in base32. */
  newSecret(): Promise<string>
  /** What an authenticator app takes over: a link, and the same as a picture. */
  handover(secret: string, account: string): Promise<TotpHandover>
  /** The step whose code this is, the present one or a neighbour of it; null when it is of none. */
  stepOf(secret: string, code: string, nowMs: number): Promise<number | null>
}

export interface TotpHandover {
  /** `otpauth://totp/…` */
  readonly uri: string
  /** A QR code, as SVG. */
  readonly qr: string
}

/** Ceremonies of Web Authentication, for the site that `PUBLIC_URL` names. */
export interface Passkeys {
  /** Null when browsers make and use passkeys there. */
  readonly trouble: PasskeyTrouble | null
  toCreate(challenge: string, person: PasskeyOwner, known: readonly Passkey[]): PasskeyCreationOptions
  /** Without `known` any passkey of this site will do, if it has made sure of the person by itself. */
  toSign(challenge: string, known: readonly Passkey[] | null): PasskeyRequestOptions
  /** The challenge that was signed, as the answer says. */
  challengeIn(answer: PasskeyAnswer): string | null
  /** Null when the answer is not what was asked for. */
  verifyCreation(challenge: string, answer: PasskeyCreationAnswer): Promise<Passkey | null>
  /** The new count of signatures; null when the answer is not what was asked for, or the passkey says that it is somebody else's. */
  verifySignature(challenge: string, answer: PasskeySignatureAnswer, wanted: WantedSignature): Promise<number | null>
}

export interface PasskeyOwner {
  readonly id: UserId
  readonly name: string
  readonly displayName: string
}

export interface WantedSignature {
  readonly passkey: Passkey
  readonly owner: UserId
  /** The passkey has to have made sure of the person, by PIN or body, and to say whose it is: it stands for both steps of a sign-in. */
  readonly alone: boolean
}

/** As browsers take them (`PublicKeyCredential.parseCreationOptionsFromJSON`); bytes are in base64url. */
export interface PasskeyCreationOptions {
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly challenge: string
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
  readonly timeout: number
  readonly excludeCredentials: readonly PasskeyDescriptor[]
  readonly authenticatorSelection: { readonly residentKey: 'preferred'; readonly userVerification: 'preferred' }
  readonly attestation: 'none'
}

/** For `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export interface PasskeyRequestOptions {
  readonly challenge: string
  readonly rpId: string
  readonly timeout: number
  readonly userVerification: 'required' | 'preferred'
  readonly allowCredentials: readonly PasskeyDescriptor[]
}

export interface PasskeyDescriptor {
  readonly id: string
  readonly type: 'public-key'
  readonly transports: readonly string[]
}

/** As `PublicKeyCredential.toJSON` writes it. */
export interface PasskeyAnswer {
  readonly id: string
  readonly rawId: string
  readonly type: 'public-key'
  readonly response: { readonly clientDataJSON: string }
}

export interface PasskeyCreationAnswer extends PasskeyAnswer {
  readonly response: {
    readonly clientDataJSON: string
    readonly attestationObject: string
    readonly transports?: readonly string[] | undefined
  }
}

export interface PasskeySignatureAnswer extends PasskeyAnswer {
  readonly response: {
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
    readonly userHandle?: string | null | undefined
  }
}

/** What is handed out to be brought back; the directory keeps digests that nobody without its key can make. */
export interface Secrets {
  /** 256 random bits, in base64url. */
  newChallengeId(): string
  /** 80 random bits, as `readCode` reads them. */
  newRecoveryCode(): string
  /** 256 random bits, in base64url. */
  newSetUpToken(): string
  /** The same text has another digest for another purpose. */
  digest(purpose: DigestPurpose, text: string): string
  /** Whether it is the digest of the text; how long that takes does not tell how much of it is. */
  isOf(digest: string, purpose: DigestPurpose, text: string): boolean
}

export type DigestPurpose = 'challenge' | 'passkey' | 'import' | 'set-up' | `recovery code of ${UserId}`
