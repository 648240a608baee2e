import type { Answer, Headers } from '../answer.ts'
import type { Call } from '../contract.ts'

/* How pages for people are sent, and what they use. */

/** What a page may use, besides which it may use nothing. */
export function policy(...parts: readonly string[]): string {
  const closed = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
  return [...closed, ...parts].join('; ')
}

/** A page, with the headers that helmet would set. */
export function pageAnswer(
  { publicUrl }: Pick<Call, 'publicUrl'>,
  body: string,
  contentSecurityPolicy: string,
): Answer {
  const isEncrypted = publicUrl.startsWith('https://')
  const headers: Headers = {
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    ...(isEncrypted ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    'cache-control': 'public, max-age=300',
  }
  return { status: 200, type: 'text/html; charset=utf-8', headers, body }
}

/** A file that pages use: the same for everybody. */
export function fileAnswer(type: string, body: string): Answer {
  return { status: 200, type: `${type}; charset=utf-8`, headers: { 'cache-control': 'public, max-age=3600' }, body }
}

/** What fails is tried again when it is asked for again. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null
  return () => {
    reading ??= read().catch((thrown: unknown) => {
      reading = null
      throw thrown
    })
    return reading
  }
}
