import { Anchor, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { client } from '../../client/client.ts'
import { useFormats } from '../../session/formats.ts'
import { Answered, Loading } from '../../ui/states.tsx'
import { attentionWords } from './attention-words.ts'

/** What an admin has to look after, gravest first, each with the way to mend it. */
export function NeedsAttention() {
  const formats = useFormats()
  const query = useQuery({
    queryKey: ['attention'],
    queryFn: ({ signal }) => client.attention.list({ signal }),
    // Almost anything changes it that is done elsewhere.
    staleTime: 0,
  })
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="attention">
      <Title order={2} id="attention" mb="md">
        Needs attention
      </Title>
      <Answered query={query} loading={<Loading lines={2} />}>
        {(listed) => {
          const all = listed
            .map((one) => attentionWords(one, formats.number))
            .sort((one, other) => Number(other.isGrave) - Number(one.isGrave))
          if (all.length === 0) return <AllIsWell />
          return (
            <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
              {all.map(({ title, says, way, isGrave }) => (
                <Group component="li" key={title} wrap="nowrap" align="flex-start" gap="sm">
                  <ThemeIcon variant="light" color={isGrave ? 'red' : 'blue'} radius="xl" aria-hidden>
                    {isGrave ? <TriangleAlert size={16} /> : <Info size={16} />}
                  </ThemeIcon>
                  <div>
                    <Text fw={550}>{title}</Text>
                    <Text size="sm" c="dimmed">
                      {says}
                    </Text>
                    <Anchor component={Link} size="sm" to={way.to} search={(way.search ?? {}) as never}>
                      {way.label}
                    </Anchor>
                  </div>
                </Group>
              ))}
            </Stack>
          )
        }}
      </Answered>
    </Paper>
  )
}

function AllIsWell() {
  return (
    <Group gap="sm" wrap="nowrap">
      <ThemeIcon variant="light" color="green" radius="xl" aria-hidden>
        <CircleCheck size={16} />
      </ThemeIcon>
      <Text>All is well. Nothing needs your attention.</Text>
    </Group>
  )
}
