import { Group, SegmentedControl, Select, SimpleGrid } from '@mantine/core'
import type { Stats } from '@sudigital/client'
import { useNavigate } from '@tanstack/react-router'
import { useLocale } from '../../session/formats.ts'
import { Figure } from './figure.tsx'
import { intervals, type OverviewSearch, ranges } from './search.ts'
import type { Stretch } from './stretch.ts'

const rangeLabels = { day: 'Day', week: 'Week', month: 'Month', quarter: 'Quarter', year: 'Year' } as const
const intervalLabels = { hour: 'By the hour', day: 'By the day', week: 'By the week' } as const

/** Chooses how far back the charts reach, and by what. */
export function TimeControls({ stretch: { range, interval, intervals: open } }: { readonly stretch: Stretch }) {
  const navigate = useNavigate({ from: '/console' })
  const go = (search: OverviewSearch) => void navigate({ search, replace: true, resetScroll: false })
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label="How far back"
        data={ranges.map((value) => ({ value, label: rangeLabels[value] }))}
        value={range}
        onChange={(picked) => {
          const known = ranges.find((one) => one === picked)
          if (known !== undefined) go({ range: known })
        }}
      />
      <Select
        aria-label="By what"
        w={150}
        allowDeselect={false}
        disabled={open.length === 1}
        data={open.map((value) => ({ value, label: intervalLabels[value] }))}
        value={interval}
        onChange={(picked) => {
          const known = intervals.find((one) => one === picked)
          if (known !== undefined) go({ range, interval: known })
        }}
      />
    </Group>
  )
}

const signUps = [{ name: 'signUps', label: 'Sign-ups', color: 'ink.5' }] as const
const signIns = [
  { name: 'logins', label: 'Sign-ins', color: 'teal.6' },
  { name: 'failedLogins', label: 'Failed sign-ins', color: 'orange.7' },
] as const

/** Where clocks changed meanwhile, days begin an hour early or late; their noon is on the day that is meant. */
const noonMs = 12 * 3_600_000

/** Who came, and who signed in or failed to, stretch by stretch. */
export function OverTime({ stats: { series, interval } }: { readonly stats: Stats }) {
  const { locale, timeZone } = useLocale()
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    ...(interval === 'hour'
      ? { weekday: 'short', hour: '2-digit', minute: '2-digit' }
      : { day: 'numeric', month: 'short' }),
  })
  const data = series.map((stretch) => ({
    ...stretch,
    when: `${interval === 'week' ? 'week of ' : ''}${format.format(Date.parse(stretch.from) + (interval === 'hour' ? 0 : noonMs))}`,
  }))
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <Figure title="Sign-ups" data={data} series={signUps} />
      <Figure title="Sign-ins" data={data} series={signIns} />
    </SimpleGrid>
  )
}
