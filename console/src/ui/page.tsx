import { Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

interface PageProps {
  readonly title: string
  /** Before the title: a picture, a way back. */
  readonly before?: ReactNode
  readonly says?: ReactNode
  /** Buttons. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page of the console: its title names the tab, and is where a reader begins when the page opens. */
export function Page({ title, before, says, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Roster`
  }, [title])
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
          {before}
          <div style={{ minWidth: 0 }}>
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {says !== undefined && (
              <Text c="dimmed" component="div">
                {says}
              </Text>
            )}
          </div>
        </Group>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
