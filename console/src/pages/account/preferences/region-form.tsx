import { Button, Select, SimpleGrid, Stack } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useMemo } from 'react'
import { useMe } from '../../../session/session.tsx'
import { Section } from '../../../ui/section.tsx'
import { useWhyFixed } from '../may-change.ts'
import { languageChoices, ownTimeZone, timeZoneChoices } from './regions.ts'
import { Sample } from './sample.tsx'
import { usePreferring } from './use-preferring.ts'

/** How dates, times and numbers are written, with how that looks. */
export function RegionForm() {
  const { language, timezone } = useMe().preferences
  const whyFixed = useWhyFixed()
  const prefer = usePreferring()
  const languages = useMemo(languageChoices, [])
  const timeZones = useMemo(() => timeZoneChoices(timezone), [timezone])
  const own = ownTimeZone()
  return (
    <Section
      title="Dates and numbers"
      says={whyFixed ?? 'How they are written for you. The words of the console stay English.'}
    >
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label="Language"
            data={languages}
            value={language}
            onChange={(chosen) => chosen !== null && prefer.mutate({ language: chosen })}
            searchable
            selectFirstOptionOnChange
            onClick={markAll}
            allowDeselect={false}
            disabled={whyFixed !== null}
            nothingFoundMessage="There is no such language"
          />
          <div>
            <Select
              label="Time zone"
              data={timeZones}
              value={timezone}
              onChange={(chosen) => chosen !== null && prefer.mutate({ timezone: chosen })}
              searchable
              selectFirstOptionOnChange
              onClick={markAll}
              allowDeselect={false}
              disabled={whyFixed !== null}
              nothingFoundMessage="There is no such time zone"
            />
            {whyFixed === null && own !== timezone && (
              <Button variant="subtle" size="compact-xs" mt={6} onClick={() => prefer.mutate({ timezone: own })}>
                Take that of this browser: {own.replaceAll('_', ' ')}
              </Button>
            )}
          </div>
        </SimpleGrid>
        <Sample />
      </Stack>
    </Section>
  )
}

/** What is typed next takes the place of what was chosen. */
function markAll({ currentTarget }: MouseEvent<HTMLInputElement>) {
  currentTarget.select()
}
