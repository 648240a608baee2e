import { Badge, Box, Code, Group, Paper, Text, Title } from '@mantine/core'
import type { SettingsInForce } from '@sudigital/client'
import { Described } from './described.tsx'
import { settingInWords } from './quantities.ts'

type Setting = SettingsInForce['settings'][number]

/** Where a chapter stands on the page, for links to it. */
export function placeOf(chapter: string): string {
  return `chapter-${chapter.toLowerCase().replaceAll(' ', '-')}`
}

/** A chapter of settings, each with what is in force and who decided it. */
export function SettingList({
  chapter,
  settings,
}: {
  readonly chapter: string
  readonly settings: readonly Setting[]
}) {
  return (
    <Paper withBorder component="section" aria-label={chapter} id={placeOf(chapter)} style={{ scrollMarginTop: 72 }}>
      <Title order={2} p="md">
        {chapter}
      </Title>
      {settings.map((setting) => (
        <OneSetting key={setting.name} setting={setting} />
      ))}
    </Paper>
  )
}

function OneSetting({ setting }: { readonly setting: Setting }) {
  const { name, description, isSet } = setting
  return (
    <Box p="md" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
      <Group justify="space-between" gap="xs" align="flex-start">
        <Group gap="xs">
          <Text component="h3" ff="monospace" fz="sm" fw={600} m={0}>
            {name}
          </Text>
          <Badge variant="light" color={isSet ? 'ink' : 'gray'} tt="none">
            {isSet ? 'set' : 'default'}
          </Badge>
        </Group>
        <InForce setting={setting} />
      </Group>
      <Text size="sm" c="dimmed" mt={4} maw={760}>
        <Described text={description} />
      </Text>
    </Box>
  )
}

function InForce({ setting: { value, isSet, isSecret, description } }: { readonly setting: Setting }) {
  if (isSecret) return <Text size="sm">{isSet ? 'Secret, shown to nobody' : 'Not set'}</Text>
  if (value === null) return <Text size="sm">Not set</Text>
  const words = settingInWords(description, value)
  return (
    <Group gap="xs">
      {words !== null && <Text size="sm">{words}</Text>}
      <Code style={{ overflowWrap: 'anywhere' }}>{value}</Code>
    </Group>
  )
}
