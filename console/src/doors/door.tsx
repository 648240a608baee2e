import { Anchor, Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link, Outlet } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { Mark } from '../frame/mark.tsx'

/** The pages in front of the console. */
export function Doors() {
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="center">
          <Mark />
        </Group>
        <Outlet />
      </Stack>
    </Center>
  )
}

const ways = {
  'sign-in': 'Sign in',
  'sign-up': 'Sign up',
  'forgot-password': 'Forgot your password?',
} as const

/** The ways to other doors, below one. */
export function OtherDoors({ to }: { readonly to: readonly (keyof typeof ways)[] }) {
  return (
    <Group component="nav" aria-label="Other ways in" justify="center" gap="lg">
      {to.map((door) => (
        <Anchor key={door} component={Link} to={`/console/${door}`} size="sm">
          {ways[door]}
        </Anchor>
      ))}
    </Group>
  )
}

/** One of them. Its title names the tab, and is where a reader begins when what stands there is exchanged; or its first field is, where that is all there is. */
export function Door({
  title,
  says,
  begins = 'title',
  children,
}: {
  readonly title: string
  readonly says?: ReactNode
  readonly begins?: 'title' | 'field'
  readonly children: ReactNode
}) {
  const door = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Roster`
    const first = begins === 'field' ? door.current?.querySelector('input') : null
    const beginning = first ?? heading.current
    beginning?.focus({ preventScroll: true })
  }, [title, begins])
  return (
    <Paper withBorder p={{ base: 'lg', xs: 'xl' }} shadow="sm" ref={door}>
      <Stack gap="md">
        <div>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {says !== undefined && (
            <Text c="dimmed" mt={4}>
              {says}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  )
}
