import type { TokenPair } from '@sudigital/client'
import { loadTokens } from '../client/tokens.ts'
import { Explained } from '../client/words.ts'

/** Whose tokens they are: the id that an access token (RFC 7519) says it is about; null where that cannot be read. */
export function ownerOf({ accessToken }: TokenPair): string | null {
  const [, claims = ''] = accessToken.split('.')
  try {
    const { sub } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown }
    return typeof sub === 'string' ? sub : null
  } catch {
    return null
  }
}

/** Whose requests are sent by now; null when nobody is signed in. */
export function currentOwner(): string | null {
  const tokens = loadTokens()
  return tokens === null ? null : ownerOf(tokens)
}

/** Throws when somebody else is signed in by now, so that nothing is done in their name that another began. */
export function refuseOthers(owner: string | null): void {
  const now = currentOwner()
  if (now === null || now === owner) return
  throw new Explained('Somebody else is signed in now', 'What is left was not sent, as it would be done in their name.')
}
