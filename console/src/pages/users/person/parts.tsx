import { Link, useParams, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

const parts = [
  { to: '/console/users/$userId', label: 'Details' },
  { to: '/console/users/$userId/attributes', label: 'Attributes' },
  { to: '/console/users/$userId/sign-in', label: 'Sign-in' },
  { to: '/console/users/$userId/organizations', label: 'Organizations' },
  { to: '/console/users/$userId/activity', label: 'Activity' },
  { to: '/console/users/$userId/data', label: 'Data' },
] as const

/** The ways to the parts of the page. Where not all of them fit, the one that is open is in sight. */
export function Parts() {
  const { userId } = useParams({ from: '/console/users/$userId' })
  const open = useRouterState({ select: ({ location }) => location.pathname })
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: which one is open is read from the page
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [open])
  return (
    <nav className="user-parts" aria-label="Parts of this page" ref={nav}>
      {parts.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ userId }}
          className="user-part"
          activeOptions={{ exact: true, includeSearch: false }}
          resetScroll={false}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
