import { Badge, Button, Popover, Skeleton, Stack } from '@mantine/core'
import { CalendarDays } from 'lucide-react'
import { lazy } from 'react'
import { Fetched } from '../../../ui/fetched.tsx'
import { dateKeys, type UsersSearch } from './search.ts'
import type { SearchChange } from './use-users-search.ts'

const DateRanges = lazy(() => import('./date-ranges.tsx').then(({ DateRanges }) => ({ default: DateRanges })))

interface DateFiltersProps {
  readonly search: UsersSearch
  readonly change: (changes: SearchChange) => void
}

/** When people were added, were changed and signed in last. Calendars are loaded when they are asked for. */
export function DateFilters({ search, change }: DateFiltersProps) {
  const count = dateKeys.filter((key) => search[key] !== undefined).length
  return (
    <Popover width={340} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          fw={400}
          leftSection={<CalendarDays size={16} aria-hidden />}
          rightSection={
            count > 0 && (
              <Badge size="sm" variant="filled" circle aria-label={`${count} chosen`}>
                {count}
              </Badge>
            )
          }
        >
          Dates
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Dates">
        <Fetched coming={<Waiting />}>
          <DateRanges search={search} change={change} />
        </Fetched>
      </Popover.Dropdown>
    </Popover>
  )
}

function Waiting() {
  return (
    <Stack role="status" aria-label="Loading" gap="md">
      <Skeleton h={58} />
      <Skeleton h={58} />
      <Skeleton h={58} />
    </Stack>
  )
}
