import type { Permission } from '@sudigital/client'
import {
  Activity,
  Building2,
  CircleUser,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Mail,
  Send,
  Settings2,
  Users,
} from 'lucide-react'

/** A page with an entry in the navigation, and everything below it. */
export interface Destination {
  readonly to: string
  readonly label: string
  readonly icon: LucideIcon
  /** Absent for what everybody has. */
  readonly needs?: Permission
  /** Whether admins of an organization have it for what is theirs. */
  readonly organizations?: true
}

export const destinations: readonly Destination[] = [
  { to: '/console', label: 'Overview', icon: LayoutDashboard, needs: 'settings:read' },
  { to: '/console/users', label: 'Users', icon: Users, needs: 'users:list' },
  { to: '/console/invitations', label: 'Invitations', icon: Send, needs: 'invitations:manage', organizations: true },
  {
    to: '/console/organizations',
    label: 'Organizations',
    icon: Building2,
    needs: 'organizations:manage',
    organizations: true,
  },
  { to: '/console/activity', label: 'Activity', icon: Activity, needs: 'activity:list', organizations: true },
  { to: '/console/mail', label: 'Mail', icon: Mail, needs: 'mail:manage' },
  { to: '/console/tokens', label: 'API tokens', icon: KeyRound, needs: 'tokens:manage' },
  { to: '/console/settings', label: 'Settings', icon: Settings2, needs: 'settings:read' },
  { to: '/console/account', label: 'Your account', icon: CircleUser },
]

/** Whether a path is the one of a destination, or below it. */
export function isWithin({ to }: Destination, path: string): boolean {
  return path.replace(/\/$/, '') === to || (to !== '/console' && path.startsWith(`${to}/`))
}

/** Everybody has one such page, their own; who may see those of others it tells by itself. */
export function isOfOneUser(path: string): boolean {
  return /^\/console\/users\/[\da-f]{8}-[\da-f-]{27}(?:\/|$)/i.test(path)
}
