import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
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

/** One of them. */
export function Door({
  title,
  says,
  children,
}: {
  readonly title: string
  readonly says?: ReactNode
  readonly children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Roster`
  }, [title])
  return (
    <Paper withBorder p="xl" shadow="sm">
      <Stack gap="md">
        <div>
          <Title order={1}>{title}</Title>
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
