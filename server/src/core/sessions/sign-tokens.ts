import type { Core } from '../ports.ts'
import type { Session } from './session.ts'

export interface SignedTokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresInSeconds: number
  readonly refreshTokenExpiresAtMs: number
}

/** An access token never outlives its session. */
export async function signTokens(
  { tokens, clock }: Pick<Core, 'tokens' | 'clock'>,
  session: Session,
  refreshToken: string,
): Promise<SignedTokens> {
  const iat = Math.floor(clock() / 1000)
  const exp = Math.min(iat + tokens.accessTokenTtlSeconds, Math.floor(session.expiresAtMs / 1000))
  const accessToken = await tokens.sign({ sub: session.userId, sid: session.id, iat, exp })
  return { accessToken, refreshToken, expiresInSeconds: exp - iat, refreshTokenExpiresAtMs: session.expiresAtMs }
}
