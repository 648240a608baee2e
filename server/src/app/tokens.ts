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
import { signingKeys, signingKeysTouch } from '../store/signing-keys.ts'

/** A signing key this old is replaced when a node starts, and once an hour while it runs. */
const signingKeyMsMax = 90 * 24 * 3600 * 1000
export interface TokenDesk extends Tokens {
  verify(token: string, nowSeconds: number): Eventually<AccessClaims | null>
  jwks(nowSeconds: number): { keys: JWK[] }
  /** Replaces the signing key if it is older than `ageMsMax`; what it signed stays good. */
  rotate(ageMsMax?: number): Promise<void>
  /** Replaces the signing key; what the ones before have signed is void, on every node, once this is answered. */
  revoke(): Promise<void>
}

export async function openTokenDesk(
  { engine, commit, clock, keys }: { engine: Engine; commit: Commit; clock: Clock; keys: DirectoryKeys },
  { issuer, ttlSeconds }: { issuer: string; ttlSeconds: number },
): Promise<TokenDesk> {
  let kept: readonly KeptSigningKey[] = []
  let signer: TokenSigner
  let changes = 0
  let knownChanges = 0

  function take(loaded: readonly KeptSigningKey[]) {
    const names = (list: readonly KeptSigningKey[]) => list.map((key) => `${key.kid}/${key.retiredAtMs}`).join()
    if (names(loaded) === names(kept)) return
    kept = loaded
    signer = openTokenSigner(loaded.map(asSigningKey), { issuer, ttlSeconds })
  }

  /** Whether no other node and no command can have changed the keys since they were read. */
  const isCurrent = () => knownChanges === changes && engine.trustsMemory()

  async function reload(): Promise<void> {
    const before = changes
    take(await signingKeys(engine.here))
    knownChanges = before
  }

  engine.onTouched((who) => {
    if (who !== 'everybody' && !who.includes(signingKeysTouch)) return
    changes += 1
    // For whoever asks for the public keys; where it fails, the next token has them read.
    reload().catch(() => {})
  })

  async function replace(ageMsMax: number, revoke: boolean): Promise<void> {
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
      revoke,
    })
    if (rotated.ok) take(rotated.value)
  }

  const rotate = (ageMsMax = signingKeyMsMax) => replace(ageMsMax, false)

  await rotate()
  return {
    accessTokenTtlSeconds: ttlSeconds,
    sign: (claims) => (isCurrent() ? signer.sign(claims) : reload().then(() => signer.sign(claims))),
    verify: (token, nowSeconds) =>
      isCurrent() ? signer.verify(token, nowSeconds) : reload().then(() => signer.verify(token, nowSeconds)),
    jwks: (nowSeconds) => signer.jwks(nowSeconds),
    rotate,
    revoke: () => replace(-1, true),
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
