import type { ApiToken } from '@sudigital/client'

export type Grantable = ApiToken['permissions'][number]

interface Words {
  readonly label: string
  readonly says: string
}

const words: Readonly<Record<Grantable, Words>> = {
  'users:read': { label: 'Read users', says: 'One’s own record; those of others only together with “List users”.' },
  'users:list': { label: 'List users', says: 'Search everybody, count them, and take them out as a file.' },
  'users:create': { label: 'Create users', says: 'Add people, one by one or many.' },
  'users:update': {
    label: 'Change users',
    says: 'Details, status and pictures; of others only together with “List users”.',
  },
  'users:delete': { label: 'Delete users', says: 'Delete people, restore them, and erase them for good.' },
  'users:roles': { label: 'Give roles', says: 'Say who is admin, user or viewer.' },
  'mail:manage': { label: 'Look after mail', says: 'See what is sent to people, and have it tried again.' },
  'invitations:manage': { label: 'Manage invitations', says: 'Invite people, and take invitations back.' },
  'organizations:manage': {
    label: 'Manage organizations',
    says: 'Make, change and delete them, and say who belongs to them.',
  },
  'activity:list': { label: 'Read the audit log', says: 'What happened to everybody’s account.' },
  'settings:read': { label: 'Read settings', says: 'What the operator decided, and what wants attention.' },
}

const groups: readonly (readonly [string, readonly Grantable[]])[] = [
  ['Users', ['users:read', 'users:list', 'users:create', 'users:update', 'users:delete', 'users:roles']],
  ['Invitations and organizations', ['invitations:manage', 'organizations:manage']],
  ['The directory as a whole', ['activity:list', 'mail:manage', 'settings:read']],
]

/** What a token can be for, by groups, in words; only what its maker may do themselves. */
export function permissionGroups(may: (permission: Grantable) => boolean) {
  return groups
    .map(([group, all]) => ({ group, permissions: all.filter(may).map((name) => ({ name, ...words[name] })) }))
    .filter(({ permissions }) => permissions.length > 0)
}

export function permissionLabel(permission: Grantable): string {
  return words[permission].label
}
