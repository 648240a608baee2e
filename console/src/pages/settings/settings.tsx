import { Anchor, Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ExternalLink, Search } from 'lucide-react'
import { pagesRoot } from '../../place.ts'
import { settingsQuery } from '../../session/retention.ts'
import { Page } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/states.tsx'
import { useTyped } from '../../ui/typed.ts'
import { findSettings } from './found.ts'
import { LimitList } from './limit-list.tsx'
import { placeOf, SettingList } from './setting-list.tsx'

const route = getRouteApi('/console/settings')

/** Every setting and limit in force. They are changed where the server is started, not here. */
export function Settings() {
  const { q = '' } = route.useSearch()
  const navigate = useNavigate({ from: '/console/settings' })
  const query = useQuery(settingsQuery)
  const [typed, setTyped] = useTyped(
    q,
    (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true, resetScroll: false }),
  )
  return (
    <Page
      title="Settings"
      says="What is in force on this server. Settings are environment variables: they are changed where the server is started."
      actions={
        <Button
          component="a"
          href={`${pagesRoot}/docs`}
          variant="default"
          leftSection={<ExternalLink size={16} aria-hidden />}
        >
          API reference
        </Button>
      }
    >
      <TextInput
        type="search"
        label="Find a setting or limit"
        placeholder="Name, or what it does"
        leftSection={<Search size={16} aria-hidden />}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        maw={420}
        maxLength={100}
      />
      <Answered query={query}>
        {(settings) => {
          const { chapters, limits, count } = findSettings(settings, q)
          if (count === 0)
            return <Empty title="Nothing is called that" says="Look for another word, or for part of one." />
          return (
            <Stack gap="lg">
              <Contents names={chapters.map(([chapter]) => chapter)} hasLimits={limits.length > 0} />
              {chapters.map(([chapter, those]) => (
                <SettingList key={chapter} chapter={chapter} settings={those} />
              ))}
              {limits.length > 0 && (
                <section aria-labelledby="limits">
                  <Title order={2} id="limits" style={{ scrollMarginTop: 72 }}>
                    Built-in limits
                  </Title>
                  <Text c="dimmed" size="sm" mb="md">
                    They are part of Roster, and no setting changes them. How often somebody may ask is a setting, and
                    stands above.
                  </Text>
                  <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
                    {limits.map(([group, those]) => (
                      <LimitList key={group} group={group} limits={those} />
                    ))}
                  </SimpleGrid>
                </section>
              )}
            </Stack>
          )
        }}
      </Answered>
      <Documentation />
    </Page>
  )
}

/** Ways down a long page. */
function Contents({ names, hasLimits }: { readonly names: readonly string[]; readonly hasLimits: boolean }) {
  if (names.length + Number(hasLimits) < 2) return null
  return (
    <Group component="nav" gap="md" aria-label="On this page">
      {names.map((name) => (
        <Anchor key={name} size="sm" href={`#${placeOf(name)}`}>
          {name}
        </Anchor>
      ))}
      {hasLimits && (
        <Anchor size="sm" href="#limits">
          Built-in limits
        </Anchor>
      )}
    </Group>
  )
}

function Documentation() {
  const pages = [
    ['API overview', 'overview'],
    ['Authentication', 'authentication'],
    ['Quick start', 'quick-start'],
  ] as const
  return (
    <Group gap="md" component="footer">
      <Text size="sm" c="dimmed">
        Read more:
      </Text>
      {pages.map(([label, page]) => (
        <Anchor key={page} size="sm" href={`${pagesRoot}/docs/${page}`}>
          {label}
        </Anchor>
      ))}
    </Group>
  )
}
