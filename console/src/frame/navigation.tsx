import { NavLink } from '@mantine/core'
import type { Permission } from '@sudigital/client'
import { Link, useRouterState } from '@tanstack/react-router'
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
import { useAdministered, useMay } from '../session/session.tsx'

interface Destination {
  readonly to: string
  readonly label: string
  readonly icon: LucideIcon
  /** Absent for what everybody has. */
  readonly needs?: Permission
  /** Whether admins of an organization have it for what is theirs. */
  readonly organizations?: true
}

const destinations: readonly Destination[] = [
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

/** The ways that are open to whoever is signed in. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const may = useMay()
  const administers = useAdministered().length > 0
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const open = destinations.filter(
    ({ needs, organizations }) => needs === undefined || may(needs) || (organizations && administers),
  )
  return open.map(({ to, label, icon: Icon }) => {
    const isHere = to === '/console' ? path === to || path === `${to}/` : path === to || path.startsWith(`${to}/`)
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon size={18} aria-hidden />}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
        onClick={onGo}
        style={{ borderRadius: 8 }}
      />
    )
  })
}
