import type { Mail } from '@sudigital/client'

export const stateLabels: Readonly<Record<Mail['state'], string>> = {
  waiting: 'Waiting',
  sent: 'Sent',
  dead: 'Given up',
}

const kinds: Readonly<Record<Mail['kind'], string>> = {
  verify_email: 'Verification of an address',
  already_registered: 'Asked for a second account',
  invitation: 'Invitation',
  organization_invitation: 'Invitation into an organization',
  reset_password: 'Password reset',
  password_was_reset: 'Password was reset',
  confirm_email: 'Another address',
  email_was_changed: 'Address was changed',
  account_locked: 'Account locked',
  codes_locked: 'Account locked after wrong codes',
  password_changed: 'Password changed',
  api_token_made: 'API token made',
  api_token_revoked: 'API token revoked',
  factor_added: 'Second factor added',
  factor_removed: 'Second factor removed',
  recovery_codes_made: 'Recovery codes made',
  notices_off: 'Notices turned off',
}

export function kindInWords(kind: Mail['kind']): string {
  return kinds[kind]
}

const failures: Readonly<Record<string, string>> = {
  link_over: 'What its link is for was done, is not wanted any more, or took too long.',
  too_late: 'It could not be sent in three days.',
  no_connection: 'The mail server could not be reached.',
  timeout: 'The mail server did not answer in time.',
  no_tls: 'The mail server could not show who it is, or does not encrypt.',
  sign_in_refused: 'The mail server refused our name or password.',
  not_sent: 'It could not be sent.',
}

/** Why a mail was not taken the last time. */
export function failureInWords(failure: string): string {
  const known = failures[failure]
  if (known !== undefined) return known
  const code = /^smtp_(\d+)$/.exec(failure)?.[1]
  if (code === undefined) return failure
  return code.startsWith('4')
    ? `The mail server asked us to try later (${code}).`
    : `The mail server refused it (${code}): the address may not exist.`
}
