import '@mantine/dates/styles.css'
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import { useState } from 'react'
import { useFormats } from '../../../session/formats.ts'
import { useMe } from '../../../session/session.tsx'
import classes from './date-ranges.module.css'
import { type DateKey, dateKeys, type UsersSearch } from './search.ts'
import type { SearchChange } from './use-users-search.ts'

const ranges = {
  created: { label: 'Created', from: 'createdFrom', to: 'createdTo' },
  updated: { label: 'Changed', from: 'updatedFrom', to: 'updatedTo' },
  lastLogin: { label: 'Signed in last', from: 'lastLoginFrom', to: 'lastLoginTo' },
} as const satisfies Record<string, { readonly label: string; readonly from: DateKey; readonly to: DateKey }>
type RangeName = keyof typeof ranges
const names: readonly RangeName[] = ['created', 'updated', 'lastLogin']

interface DateRangesProps {
  readonly search: UsersSearch
  readonly change: (changes: SearchChange) => void
}

/** Three ranges of days, one of them at a time. Both days of a range are part of it. */
export function DateRanges({ search, change }: DateRangesProps) {
  const { timezone } = useMe().preferences
  const [shown, setShown] = useState<RangeName>(() => names.find((name) => isSet(name, search)) ?? 'created')
  return (
    <Stack gap="sm">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Which date"
        data={names.map((name) => ({ value: name, label: `${ranges[name].label}${isSet(name, search) ? ' •' : ''}` }))}
        value={shown}
        onChange={(value) => setShown(names.find((name) => name === value) ?? 'created')}
      />
      <Range key={shown} name={shown} search={search} change={change} />
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          Days as in {timezone.replaceAll('_', ' ')}
        </Text>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => change(Object.fromEntries(dateKeys.map((key) => [key, undefined])))}
        >
          Any date
        </Button>
      </Group>
    </Stack>
  )
}

function isSet(name: RangeName, search: UsersSearch): boolean {
  return search[ranges[name].from] !== undefined || search[ranges[name].to] !== undefined
}

/** The first day is chosen before the last; nothing is asked until both are. */
function Range({ name, search, change }: DateRangesProps & { readonly name: RangeName }) {
  const { from, to } = ranges[name]
  const [first, setFirst] = useState<string | null>(null)
  const chosen: [string | null, string | null] =
    first === null ? [search[from] ?? null, search[to] ?? null] : [first, null]
  return (
    <Stack gap="xs" align="center">
      <DatePicker
        type="range"
        allowSingleDateInRange
        hideOutsideDates
        classNames={{ day: classes.day ?? '' }}
        ariaLabels={{
          nextMonth: 'Next month',
          previousMonth: 'Month before',
          nextYear: 'Next year',
          previousYear: 'Year before',
        }}
        {...(search[to] === undefined ? {} : { defaultDate: search[to] })}
        value={chosen}
        onChange={([start, end]) => {
          setFirst(end === null ? start : null)
          if (end !== null || start === null) change({ [from]: start ?? undefined, [to]: end ?? undefined })
        }}
      />
      <Text size="sm" role="status" className="tabular">
        <Chosen first={chosen[0]} last={chosen[1]} isHalf={first !== null} />
      </Text>
    </Stack>
  )
}

interface ChosenProps {
  readonly first: string | null
  readonly last: string | null
  readonly isHalf: boolean
}

function Chosen({ first, last, isHalf }: ChosenProps) {
  const formats = useFormats()
  const day = (date: string) => formats.date(`${date}T12:00:00Z`)
  if (isHalf && first !== null) return `From ${day(first)} to: choose the last day`
  if (first !== null && last !== null) return first === last ? day(first) : `${day(first)} to ${day(last)}`
  if (first !== null) return `From ${day(first)}`
  return last === null ? 'Choose the first day' : `Until ${day(last)}`
}
