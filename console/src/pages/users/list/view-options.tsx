import { Button, Checkbox, Popover, Select, Stack } from '@mantine/core'
import { Columns3 } from 'lucide-react'
import { memo } from 'react'
import type { ColumnChoice } from './column-choice.ts'
import { columnFacts, firstColumn } from './column-choice.ts'
import classes from './list.module.css'
import type { Sort, UsersSearch } from './search.ts'
import { asksTheSame, type SearchChange } from './use-users-search.ts'

/** Every order there is, in words; the first is what is shown unless said. */
export const orderWords: readonly { readonly sort: Sort; readonly order: 'asc' | 'desc'; readonly label: string }[] = [
  { sort: 'createdAt', order: 'desc', label: 'Newest first' },
  { sort: 'createdAt', order: 'asc', label: 'Oldest first' },
  { sort: 'firstName', order: 'asc', label: 'First name, A to Z' },
  { sort: 'firstName', order: 'desc', label: 'First name, Z to A' },
  { sort: 'lastName', order: 'asc', label: 'Last name, A to Z' },
  { sort: 'lastName', order: 'desc', label: 'Last name, Z to A' },
  { sort: 'email', order: 'asc', label: 'Address, A to Z' },
  { sort: 'email', order: 'desc', label: 'Address, Z to A' },
  { sort: 'lastLoginAt', order: 'desc', label: 'Signed in most recently' },
  { sort: 'lastLoginAt', order: 'asc', label: 'Signed in longest ago' },
  { sort: 'updatedAt', order: 'desc', label: 'Changed most recently' },
  { sort: 'updatedAt', order: 'asc', label: 'Changed longest ago' },
]

/** The change of the address that leads to an order; the usual one is left unsaid. */
export function orderBy(sort: Sort, order: 'asc' | 'desc'): SearchChange {
  return sort === 'createdAt' && order === 'desc' ? { sort: undefined, order: undefined } : { sort, order }
}

export function orderOf({ sort = 'createdAt', order = 'desc' }: UsersSearch) {
  return { sort, order }
}

interface OrderSelectProps {
  readonly search: UsersSearch
  readonly change: (changes: SearchChange) => void
}

export const OrderSelect = memo(function OrderSelect({ search, change }: OrderSelectProps) {
  const { sort, order } = orderOf(search)
  return (
    <Select
      aria-label="Sorted by"
      className={classes.order}
      data={orderWords.map(({ sort, order, label }) => ({ value: `${sort} ${order}`, label }))}
      value={`${sort} ${order}`}
      allowDeselect={false}
      comboboxProps={{ shadow: 'md' }}
      maxDropdownHeight={420}
      onChange={(chosen) => {
        const wanted = orderWords.find(({ sort, order }) => `${sort} ${order}` === chosen)
        if (wanted !== undefined) change(orderBy(wanted.sort, wanted.order))
      }}
    />
  )
}, asksTheSame)

export const ColumnMenu = memo(function ColumnMenu({ choice }: { readonly choice: ColumnChoice }) {
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" fw={400} leftSection={<Columns3 size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap="xs">
          {columnFacts.map(({ id, label }) => (
            <Checkbox
              key={id}
              label={label}
              checked={choice.isShown(id)}
              disabled={id === firstColumn}
              onChange={() => choice.toggle(id)}
            />
          ))}
          <Button variant="subtle" size="xs" onClick={choice.forget}>
            The usual columns
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
})
