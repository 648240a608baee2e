import { Group, Stack, Text, ThemeIcon } from '@mantine/core'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface ListItemProps {
  readonly icon: LucideIcon
  readonly title: ReactNode
  /** Below the title, smaller. */
  readonly children?: ReactNode
  /** Buttons. */
  readonly actions?: ReactNode
}

/** One of several things that belong to an account. */
export function ListItem({ icon: Icon, title, children, actions }: ListItemProps) {
  return (
    <li>
      <Group gap="sm" align="flex-start">
        <ThemeIcon size={36} variant="light" color="gray" aria-hidden>
          <Icon size={18} />
        </ThemeIcon>
        <Stack gap={2} flex={1} miw={180}>
          <Group gap="xs" fw={550} fz="sm">
            {title}
          </Group>
          <Text size="xs" c="dimmed" component="div">
            {children}
          </Text>
        </Stack>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
    </li>
  )
}
