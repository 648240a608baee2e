import { NavLink } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { useAdministered, useMay } from '../session/session.tsx'
import { destinations, isWithin } from './destinations.ts'

/** The ways that are open to whoever is signed in. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const may = useMay()
  const administers = useAdministered().length > 0
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const open = destinations.filter(
    ({ needs, organizations }) => needs === undefined || may(needs) || (organizations && administers),
  )
  return open.map((destination) => {
    const { to, label, icon: Icon } = destination
    const isHere = isWithin(destination, path)
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
