import type { Actor } from './actor.ts'

export const roles = ['admin', 'user', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What a role may do. `users:read` and `users:update` reach one's own record only, unless the actor may list. */
export type Permission =
  | 'users:read'
  | 'users:list'
  | 'users:create'
  | 'users:update'
  | 'users:delete'
  | 'users:roles'
  /** To act in somebody's stead. */
  | 'users:impersonate'
  /** To see and end the sessions of others. */
  | 'sessions:manage'
  /** To see and revoke the API tokens of others. */
  | 'tokens:manage'
  /** To see what is sent to people, and have it tried again. */
  | 'mail:manage'
  /** To see and remove the second factors of others. */
  | 'factors:manage'
  | 'invitations:manage'
  | 'organizations:manage'
  /** To see what happened to everybody's account, as one record. */
  | 'activity:list'
  /** To see what the operator decided, and what wants attention. */
  | 'settings:read'

/** In the order in which contracts show them. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['users:read'],
  user: ['users:read', 'users:update'],
  admin: [
    'users:read',
    'users:list',
    'users:create',
    'users:update',
    'users:delete',
    'users:roles',
    'users:impersonate',
    'sessions:manage',
    'tokens:manage',
    'mail:manage',
    'factors:manage',
    'invitations:manage',
    'organizations:manage',
    'activity:list',
    'settings:read',
  ],
}

/** They take a session of one's own, so that they would be of no use to an API token. */
const inPersonOnly: ReadonlySet<Permission> = new Set<Permission>([
  'users:impersonate',
  'sessions:manage',
  'tokens:manage',
  'factors:manage',
])

/** What somebody of this role may let an API token do, in the order in which contracts show it. */
export function grantableBy(role: Role, organizations: 'administers some' | 'none' = 'none'): readonly Permission[] {
  const held: readonly Permission[] = [
    ...permissionsOf[role],
    ...(organizations === 'none' ? [] : heldByOrganizationAdmins),
  ]
  return permissionsOf.admin.filter((permission) => held.includes(permission) && !inPersonOnly.has(permission))
}

const granted: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(permissionsOf.viewer),
  user: new Set(permissionsOf.user),
  admin: new Set(permissionsOf.admin),
}

/** Whether the actor holds the permission at all. For one person's record ask `mayReach`. */
export function may(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'system':
      return true
    case 'user':
      return granted[actor.role].has(permission) && mayByMeans(actor.means, permission)
    case 'stranger':
      return false
  }
}

/** What an admin of an organization may do there, whatever their role. An API token of theirs can be for it. */
const heldByOrganizationAdmins = ['invitations:manage', 'organizations:manage', 'activity:list'] as const
export type OrganizationPermission = (typeof heldByOrganizationAdmins)[number]

/**
 * Whether the actor holds the permission, or would in an organization that they administer: then `mayIn` finds out whether they do. So an API token
 * does there, too, what it is for and no more.
 */
export function mayWhereAdmin(actor: Actor, permission: Permission): boolean {
  return may(actor, permission) || (actor.kind === 'user' && mayByMeans(actor.means, permission))
}

/** Everything that the actor holds, in the order in which contracts show it. */
export function permissionsHeldBy(actor: Actor): readonly Permission[] {
  return permissionsOf.admin.filter((permission) => may(actor, permission))
}

/** Whether it is the person, in a session of their own: neither a program with a token of theirs nor somebody in their stead. */
export function isInPerson(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.means.kind === 'session')
}

/** Whether the actor may do this to the user called `wanted`: everybody's record for an admin, one's own for the others. */
export function mayReach(actor: Actor, permission: Permission, wanted: string): boolean {
  if (!may(actor, permission)) return false
  return may(actor, 'users:list') || (actor.kind === 'user' && actor.id === wanted)
}

function mayByMeans(means: Extract<Actor, { kind: 'user' }>['means'], permission: Permission): boolean {
  switch (means.kind) {
    case 'session':
    case 'impersonation':
      return true
    case 'api_token':
      return means.permissions.includes(permission)
  }
}
