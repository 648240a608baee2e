import type { PasswordLack } from '../core/refusals.ts'

/** What a password must do that lacks something, for contracts whose product has no words of its own for it. */
export const passwordDemands: Readonly<Record<PasswordLack, string>> = {
  upper: 'contain an upper-case letter',
  lower: 'contain a lower-case letter',
  digit: 'contain a digit',
  symbol: 'contain a symbol',
  uncommon: 'not be a common password',
  impersonal: 'not contain personal information',
}
