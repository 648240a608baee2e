import type { LogEntry } from '@sudigital/client'

export type EntryType = LogEntry['type']

/** What each type of entry is called where one is chosen. */
const names: Readonly<Record<EntryType, string>> = {
  login: 'Signed in',
  login_failed: 'Sign-in failed',
  logout: 'Signed out',
  locked: 'Account locked',
  unlocked: 'Account unlocked',
  session_revoked: 'Session ended by somebody',
  refresh_token_reused: 'Session ended as a precaution',
  impersonated: 'Somebody acted in their stead',
  created: 'Created',
  registration_repeated: 'Asked for a second account',
  updated: 'Details changed',
  role_changed: 'Role changed',
  status_changed: 'Status changed',
  avatar_changed: 'Picture changed',
  avatar_rejected: 'Picture turned away',
  deleted: 'Deleted',
  restored: 'Restored',
  erased: 'Erased for good',
  exported: 'Data exported',
  password_changed: 'Password changed',
  reset_requested: 'Password reset asked for',
  password_reset: 'Password reset',
  factor_added: 'Second factor added',
  factor_removed: 'Second factor removed',
  recovery_codes_made: 'Recovery codes made',
  recovery_code_used: 'Recovery code used',
  verification_requested: 'Verification asked for',
  email_verified: 'Address verified',
  email_change_requested: 'Another address asked for',
  mail_retried: 'Mail tried again',
  invited: 'Invited',
  invitation_accepted: 'Invitation accepted',
  invitation_revoked: 'Invitation revoked',
  token_created: 'API token made',
  token_revoked: 'API token revoked',
  organization_created: 'Organization made',
  organization_updated: 'Organization renamed',
  organization_deleted: 'Organization deleted',
  organization_joined: 'Joined an organization',
  organization_role_changed: 'Role in an organization changed',
  organization_left: 'Left an organization',
}

const groups: readonly (readonly [string, readonly EntryType[]])[] = [
  [
    'Signing in',
    [
      'login',
      'login_failed',
      'logout',
      'locked',
      'unlocked',
      'session_revoked',
      'refresh_token_reused',
      'impersonated',
    ],
  ],
  [
    'Accounts',
    [
      'created',
      'registration_repeated',
      'updated',
      'role_changed',
      'status_changed',
      'avatar_changed',
      'avatar_rejected',
      'deleted',
      'restored',
      'erased',
      'exported',
    ],
  ],
  [
    'Passwords and second factors',
    [
      'password_changed',
      'reset_requested',
      'password_reset',
      'factor_added',
      'factor_removed',
      'recovery_codes_made',
      'recovery_code_used',
    ],
  ],
  ['E-mail', ['verification_requested', 'email_verified', 'email_change_requested', 'mail_retried']],
  ['Invitations', ['invited', 'invitation_accepted', 'invitation_revoked']],
  ['API tokens', ['token_created', 'token_revoked']],
  [
    'Organizations',
    [
      'organization_created',
      'organization_updated',
      'organization_deleted',
      'organization_joined',
      'organization_role_changed',
      'organization_left',
    ],
  ],
]

/** The types to choose from: all of them, or those that an organization's admins are shown. */
export function typeOptions(isEverybody: boolean) {
  return groups
    .filter(([group]) => isEverybody || group === 'Organizations')
    .map(([group, types]) => ({ group, items: types.map((value) => ({ value, label: names[value] })) }))
}

export function isEntryType(given: unknown): given is EntryType {
  return typeof given === 'string' && Object.hasOwn(names, given)
}
