import { Button, Group } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'

const parts = [
  { to: '/console/account/profile', label: 'Profile' },
  { to: '/console/account/preferences', label: 'Preferences' },
  { to: '/console/account/security', label: 'Security' },
  { to: '/console/account/devices', label: 'Devices' },
  { to: '/console/account/data', label: 'Your data' },
] as const

/** The ways to the parts of an account. */
export function Parts() {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <Group component="nav" aria-label="Parts of your account" gap={4}>
      {parts.map(({ to, label }) => {
        const isHere = path === to
        return (
          <Button
            key={to}
            component={Link}
            to={to}
            size="sm"
            px="sm"
            variant={isHere ? 'light' : 'subtle'}
            color={isHere ? 'ink' : 'gray'}
            aria-current={isHere ? 'page' : undefined}
          >
            {label}
          </Button>
        )
      })}
    </Group>
  )
}
