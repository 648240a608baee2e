/** Six digits of an authenticator app, or a recovery code; null for what can be neither. */
export type Code = { readonly kind: 'totp' | 'recovery_code'; readonly text: string } | null

const digits = /^[0-9]{6}$/
const recoveryCode = /^[0-9a-hjkmnp-tv-z]{16}$/

/** People type blanks and hyphens where they see them, and letters for the digits that look like them (Crockford's base32). */
export function readCode(sent: string): Code {
  const text = sent.replace(/[\s-]/g, '').toLowerCase()
  if (digits.test(text)) return { kind: 'totp', text }
  const read = text.replace(/o/g, '0').replace(/[il]/g, '1')
  return recoveryCode.test(read) ? { kind: 'recovery_code', text: read } : null
}
