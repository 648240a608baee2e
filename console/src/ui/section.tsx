import { Box, Group, Paper, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

interface SectionProps {
  readonly title: string
  readonly says?: ReactNode
  /** Buttons beside the title. */
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** What belongs together on a page, under a title of its own. */
export function Section({ title, says, actions, children }: SectionProps) {
  const heading = useId()
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} aria-labelledby={heading}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex={1} miw={220}>
          <Title order={2} id={heading}>
            {title}
          </Title>
          {says !== undefined && (
            <Text size="sm" c="dimmed" mt={2} maw={640}>
              {says}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children !== undefined && <Box mt="md">{children}</Box>}
    </Paper>
  )
}
