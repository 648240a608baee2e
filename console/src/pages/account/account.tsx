import { Button, Group } from '@mantine/core'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useMe } from '../../session/session.tsx'
import { Page } from '../../ui/page.tsx'

const parts = [{ to: '/console/account/security', label: 'Security' }] as const

/** What somebody sees and does about their own account, in parts. */
export function Account() {
  const { email } = useMe()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <Page title="Your account" says={email}>
      <Group component="nav" aria-label="Parts of your account" gap={4}>
        {parts.map(({ to, label }) => (
          <Button
            key={to}
            component={Link}
            to={to}
            variant={path === to ? 'light' : 'subtle'}
            color={path === to ? 'ink' : 'gray'}
            aria-current={path === to ? 'page' : undefined}
          >
            {label}
          </Button>
        ))}
      </Group>
      <Outlet />
    </Page>
  )
}
