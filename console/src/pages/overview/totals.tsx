import { Anchor, Box, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { Stats } from '@sudigital/client'
import { Link } from '@tanstack/react-router'
import { useFormats, useLocale } from '../../session/formats.ts'

const statuses = [
  ['active', 'green.7'],
  ['pending', 'orange.6'],
  ['inactive', 'gray.6'],
] as const

const roles = [
  ['admin', 'grape.6'],
  ['user', 'blue.6'],
  ['viewer', 'gray.6'],
] as const

/** How many users there are, by status and by role, each leading to those that it counts. */
export function Totals({ totals }: { readonly totals: Stats['totals'] }) {
  const formats = useFormats()
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
      <Paper withBorder p="lg" component="section" aria-labelledby="total">
        <Title order={2} id="total">
          Users
        </Title>
        <Text fz={40} fw={650} lh={1.3} className="tabular">
          {formats.number(totals.users)}
        </Text>
        <Anchor component={Link} to="/console/users" size="sm">
          All users
        </Anchor>
      </Paper>
      <Shares title="By status" filter="status" counts={totals.byStatus} parts={statuses} of={totals.users} />
      <Shares title="By role" filter="role" counts={totals.byRole} parts={roles} of={totals.users} />
    </SimpleGrid>
  )
}

interface SharesProps {
  readonly title: string
  readonly filter: 'status' | 'role'
  readonly counts: Readonly<Record<string, number>>
  /** Names, each with its colour. */
  readonly parts: readonly (readonly [string, string])[]
  readonly of: number
}

function Shares({ title, filter, counts, parts, of }: SharesProps) {
  const formats = useFormats()
  const percent = new Intl.NumberFormat(useLocale().locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {parts.map(([name, colour]) => {
          const n = counts[name] ?? 0
          const share = of === 0 ? 0 : n / of
          return (
            <li key={name}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Anchor component={Link} size="sm" to="/console/users" search={{ [filter]: name } as never}>
                  {name[0]?.toUpperCase()}
                  {name.slice(1)}
                </Anchor>
                <Text size="sm" className="tabular">
                  <Text span inherit fw={550}>
                    {formats.number(n)}
                  </Text>{' '}
                  <Text span inherit c="dimmed">
                    {percent.format(share)}
                  </Text>
                </Text>
              </Group>
              <Box h={4} mt={4} bg="var(--mantine-color-default-border)" style={{ borderRadius: 2 }} aria-hidden>
                <Box h={4} w={`${n === 0 ? 0 : Math.max(1, share * 100)}%`} bg={colour} style={{ borderRadius: 2 }} />
              </Box>
            </li>
          )
        })}
      </Stack>
    </Paper>
  )
}
