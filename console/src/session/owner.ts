import type { TokenPair } from '@sudigital/client'

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
