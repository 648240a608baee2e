import { NavLink } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdministered, useMay } from '../session/session.tsx'
import { destinations } from './destinations.ts'

/** The ways that are open to whoever is signed in. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const may = useMay()
  const administers = useAdministered().length > 0
  const open = destinations.filter(
    ({ needs, organizations }) => needs === undefined || may(needs) || (organizations && administers),
  )
  return open.map(({ to, label, icon: Icon }) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      activeOptions={{ exact: to === '/console', includeSearch: false }}
      label={label}
      leftSection={<Icon size={18} aria-hidden />}
      onClick={onGo}
      style={{ borderRadius: 8 }}
    />
  ))
}
