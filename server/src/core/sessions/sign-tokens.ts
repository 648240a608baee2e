import type { Core } from '../ports.ts'
import type { Session } from './session.ts'

/** Without a refresh token (null) the session ends with the access token. */
export interface SignedTokens<RefreshToken extends string | null = string> {
  readonly accessToken: string
  readonly refreshToken: RefreshToken
  readonly expiresInSeconds: number
  readonly refreshTokenExpiresAtMs: number
}

/** An access token never outlives its session. */
export async function signTokens<RefreshToken extends string | null>(
  { tokens, clock }: Pick<Core, 'tokens' | 'clock'>,
  session: Session,
  refreshToken: RefreshToken,
): Promise<SignedTokens<RefreshToken>> {
  const iat = Math.floor(clock() / 1000)
  const exp = Math.min(iat + tokens.accessTokenTtlSeconds, Math.floor(session.expiresAtMs / 1000))
  const accessToken = await tokens.sign({ sub: session.userId, sid: session.id, iat, exp })
  return { accessToken, refreshToken, expiresInSeconds: exp - iat, refreshTokenExpiresAtMs: session.expiresAtMs }
}
