import { Link, useParams } from '@tanstack/react-router'

const parts = [
  { to: '/console/users/$userId', label: 'Details' },
  { to: '/console/users/$userId/attributes', label: 'Attributes' },
  { to: '/console/users/$userId/sign-in', label: 'Sign-in' },
  { to: '/console/users/$userId/organizations', label: 'Organizations' },
  { to: '/console/users/$userId/activity', label: 'Activity' },
  { to: '/console/users/$userId/data', label: 'Data' },
] as const

/** The ways to the parts of the page. */
export function Parts() {
  const { userId } = useParams({ from: '/console/users/$userId' })
  return (
    <nav className="user-parts" aria-label="Parts of this page">
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
