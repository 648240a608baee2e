import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import { errors, type JWK, type JWTPayload, jwtVerify, SignJWT } from '#jose'
import { limits } from '../core/limits.ts'
import type { Eventually } from '../core/outcome.ts'
import type { AccessClaims, SessionId } from '../core/sessions/session.ts'
import type { UserId } from '../core/users/user.ts'

const alg = 'EdDSA'
const typ = 'at+jwt'
const audience = 'roster'
/** A node that has not heard of a rotation goes on signing with the retired key, for this long at the most. */
export const rotationLagSeconds = 2 * 3600

/** An Ed25519 key pair; `kid` is its thumbprint (RFC 7638). */
export interface SigningKey {
  readonly kid: string
  readonly privateJwk: JWK
  readonly publicJwk: JWK
  /** Signs nothing from then on; what it signed before is good until it expires. */
  readonly retiredAtSeconds?: number | undefined
}

export function newSigningKey(): SigningKey {
  const pair = generateKeyPairSync('ed25519')
  const publicJwk = pair.publicKey.export({ format: 'jwk' }) as JWK
  const thumbprint = JSON.stringify({ crv: publicJwk.crv, kty: publicJwk.kty, x: publicJwk.x })
  const kid = createHash('sha256').update(thumbprint).digest('base64url')
  return { kid, privateJwk: pair.privateKey.export({ format: 'jwk' }) as JWK, publicJwk }
}

export interface TokenSigner {
  /** A JWT of the form of RFC 9068, for this directory's own audience. */
  sign(claims: AccessClaims): Promise<string>
  /**
   * The claims of a token that one of our keys signed and that has not expired; null for all else. A token's signature is verified once and
   * remembered, so the answer to a known one is at hand. Says nothing about whether its user and session still stand.
   */
  verify(token: string, nowSeconds: number): Eventually<AccessClaims | null>
  /** What other programs need to verify our tokens (RFC 7517): the keys whose tokens may be alive. */
  jwks(nowSeconds: number): { keys: JWK[] }
}

/** The first key that is not retired signs. `ttlSeconds` is the longest life of a token, after which a retired key is forgotten. */
export function openTokenSigner(
  keys: readonly SigningKey[],
  { issuer, ttlSeconds }: { issuer: string; ttlSeconds: number },
): TokenSigner {
  const current = keys.find((key) => key.retiredAtSeconds === undefined)
  if (current === undefined) throw new RangeError('every signing key is retired')
  const privateKey = createPrivateKey({ key: { ...current.privateJwk }, format: 'jwk' })
  const trusted = new Map(keys.map((key) => [key.kid, trustedKey(key, ttlSeconds)]))
  const remembered = rememberRecent<AccessClaims>(limits.rememberedTokensMax)

  async function verifyAnew(token: string, nowSeconds: number): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => keyFor(kid, trusted, nowSeconds), {
        algorithms: [alg],
        typ,
        issuer,
        audience,
        requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
        currentDate: new Date(nowSeconds * 1000),
      })
      const { sub, sid, iat, exp } = payload
      if (typeof sub !== 'string' || typeof sid !== 'string' || iat === undefined || exp === undefined) return null
      const act = actorIn(payload)
      if (act === null) return null
      const claims: AccessClaims = Object.freeze({ sub: sub as UserId, sid: sid as SessionId, iat, exp, ...act })
      remembered.add(token, claims)
      return claims
    } catch (thrown) {
      if (thrown instanceof errors.JOSEError) return null
      throw thrown
    }
  }

  return {
    sign: ({ sub, sid, iat, exp, act }) =>
      new SignJWT({
        iss: issuer,
        aud: audience,
        sub,
        sid,
        iat,
        exp,
        jti: randomUUID(),
        ...(act && { act: { sub: act } }),
      })
        .setProtectedHeader({ alg, typ, kid: current.kid })
        .sign(privateKey),
    verify(token, nowSeconds) {
      if (token.length > limits.tokenLengthMax) return null
      const known = remembered.get(token)
      if (known === undefined) return verifyAnew(token, nowSeconds)
      return known.exp > nowSeconds ? known : null
    },
    jwks: (nowSeconds) => ({
      keys: [...trusted.values()].filter((key) => nowSeconds < key.forgottenAtSeconds).map((key) => key.jwk),
    }),
  }
}

/** Nothing where nobody acts for the subject; null where it is not said who does. */
function actorIn({ act }: JWTPayload): Pick<AccessClaims, 'act'> | null {
  if (act === undefined) return {}
  const sub = typeof act === 'object' && act !== null && 'sub' in act ? act.sub : null
  return typeof sub === 'string' ? { act: sub as UserId } : null
}

interface TrustedKey {
  readonly publicKey: KeyObject
  readonly jwk: JWK
  readonly forgottenAtSeconds: number
}

function trustedKey({ kid, publicJwk, retiredAtSeconds = Infinity }: SigningKey, ttlSeconds: number): TrustedKey {
  const { kty, crv, x } = publicJwk
  return {
    publicKey: createPublicKey({ key: { ...publicJwk }, format: 'jwk' }),
    jwk: { kty, crv, x, kid, alg, use: 'sig' } as JWK,
    forgottenAtSeconds: retiredAtSeconds + ttlSeconds + rotationLagSeconds,
  }
}

function keyFor(kid: string | undefined, trusted: ReadonlyMap<string, TrustedKey>, nowSeconds: number): KeyObject {
  const key = trusted.get(kid ?? '')
  if (key === undefined || nowSeconds >= key.forgottenAtSeconds) throw new errors.JWKSNoMatchingKey()
  return key.publicKey
}

/** Holds at most `countMax` values: the least used half goes when the other half is full, so a look-up of a recent one writes nothing. */
function rememberRecent<T>(countMax: number): { get(key: string): T | undefined; add(key: string, value: T): void } {
  let recent = new Map<string, T>()
  let older = new Map<string, T>()

  function add(key: string, value: T) {
    if (recent.size >= countMax / 2) {
      older = recent
      recent = new Map()
    }
    recent.set(key, value)
  }

  return {
    add,
    get(key) {
      const value = recent.get(key)
      if (value !== undefined) return value
      const faded = older.get(key)
      if (faded !== undefined) add(key, faded)
      return faded
    },
  }
}

/** 256 random bits in base64url: it means nothing, and only its digest is kept. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url')
}

/** HMAC-SHA256 in base64url: who reads the store can neither use nor recognise a token. */
export function refreshTokenDigest(key: KeyObject, token: string): string {
  return createHmac('sha256', key).update(token).digest('base64url')
}
