import type { JWK } from '#jose'
import type { DirectoryKeys } from '../adapters/keys.ts'
import {
  newRefreshToken,
  newSigningKey,
  openTokenSigner,
  refreshTokenDigest,
  rotationLagSeconds,
  type TokenSigner,
} from '../adapters/tokens.ts'
import type { Eventually } from '../core/outcome.ts'
import type { Clock, Commit, KeptSigningKey, Tokens } from '../core/ports.ts'
import type { AccessClaims } from '../core/sessions/session.ts'
import type { Engine } from '../store/engines/engine.ts'
import { signingKeys } from '../store/signing-keys.ts'

/** A signing key this old is replaced when a node starts, and once an hour while it runs. */
const signingKeyMsMax = 90 * 24 * 3600 * 1000
/** Another node may have made the key of a token that is not known here; how often that is looked up. */
const reloadMsMin = 1_000

export interface TokenDesk extends Tokens {
  verify(token: string, nowSeconds: number): Eventually<AccessClaims | null>
  jwks(nowSeconds: number): { keys: JWK[] }
  /** Replaces the signing key if it is older than `ageMsMax`; what it signed stays good. */
  rotate(ageMsMax?: number): Promise<void>
}

export async function openTokenDesk(
  { engine, commit, clock, keys }: { engine: Engine; commit: Commit; clock: Clock; keys: DirectoryKeys },
  { issuer, ttlSeconds }: { issuer: string; ttlSeconds: number },
): Promise<TokenDesk> {
  let kept: readonly KeptSigningKey[] = []
  let signer: TokenSigner
  let loadedAtMs = 0

  function take(loaded: readonly KeptSigningKey[]) {
    loadedAtMs = clock()
    const names = (list: readonly KeptSigningKey[]) => list.map((key) => `${key.kid}/${key.retiredAtMs}`).join()
    if (names(loaded) === names(kept)) return
    kept = loaded
    signer = openTokenSigner(loaded.map(asSigningKey), { issuer, ttlSeconds })
  }

  async function rotate(ageMsMax = signingKeyMsMax): Promise<void> {
    const { kid, privateJwk, publicJwk } = newSigningKey()
    const fresh: KeptSigningKey = {
      kid,
      privateJwk: JSON.stringify(privateJwk),
      publicJwk: JSON.stringify(publicJwk),
      createdAtMs: clock(),
      retiredAtMs: null,
    }
    const rotated = await commit('rotate-signing-keys', {
      fresh,
      ageMsMax,
      tokenTtlMs: (ttlSeconds + rotationLagSeconds) * 1000,
    })
    if (rotated.ok) take(rotated.value)
  }

  async function verifyAfterReload(token: string, nowSeconds: number): Promise<AccessClaims | null> {
    take(await signingKeys(engine.here))
    return signer.verify(token, nowSeconds)
  }

  /** Looks for new keys when a token is signed by none that is known, as after a rotation on another node. */
  function verify(token: string, nowSeconds: number): Eventually<AccessClaims | null> {
    const claims = signer.verify(token, nowSeconds)
    if (!(claims instanceof Promise)) return claims
    return claims.then((found) =>
      found !== null || kept.some(({ kid }) => kid === kidOf(token)) || clock() - loadedAtMs < reloadMsMin
        ? found
        : verifyAfterReload(token, nowSeconds),
    )
  }

  await rotate()
  return {
    accessTokenTtlSeconds: ttlSeconds,
    sign: (claims) => signer.sign(claims),
    verify,
    jwks: (nowSeconds) => signer.jwks(nowSeconds),
    rotate,
    newRefreshToken() {
      const token = newRefreshToken()
      return { token, digest: refreshTokenDigest(keys.refresh, token) }
    },
    refreshTokenDigest: (token) => refreshTokenDigest(keys.refresh, token),
  }
}

function asSigningKey({ kid, privateJwk, publicJwk, retiredAtMs }: KeptSigningKey) {
  return {
    kid,
    privateJwk: JSON.parse(privateJwk) as JWK,
    publicJwk: JSON.parse(publicJwk) as JWK,
    retiredAtSeconds: retiredAtMs === null ? undefined : Math.floor(retiredAtMs / 1000),
  }
}

/** What the token says of its key; trusted for nothing but whether it is worth looking for. */
function kidOf(token: string): string | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'))
    return typeof header === 'object' && header !== null && 'kid' in header ? String(header.kid) : null
  } catch {
    return null
  }
}
