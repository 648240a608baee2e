import { Button, Group, Select, SimpleGrid, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import { PickPerson } from '../../ui/pick-person.tsx'
import type { ActivitySearch } from './search.ts'
import { isEntryType, typeOptions } from './types.ts'

interface FiltersProps {
  readonly search: ActivitySearch
  /** Whether the reader is shown what happened to everybody, and may look people up. */
  readonly isEverybody: boolean
  readonly onChange: (changes: { [Key in keyof ActivitySearch]: ActivitySearch[Key] | undefined }) => void
}

/** What leaves entries out. Each filter stands in the address of the page. */
export function Filters({ search, isEverybody, onChange }: FiltersProps) {
  const { type, actor, user, from, to } = search
  const isFiltered = [type, actor, user, from, to].some((filter) => filter !== undefined)
  return (
    <search aria-label="Filters">
      <SimpleGrid cols={{ base: 2, lg: isEverybody ? 5 : 3 }} spacing="sm">
        <Select
          label="Kind"
          placeholder="Everything"
          data={typeOptions(isEverybody)}
          value={type ?? null}
          onChange={(picked) => onChange({ type: isEntryType(picked) ? picked : undefined })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Clear kind' }}
          nothingFoundMessage="Nothing is called that"
        />
        {isEverybody && (
          <>
            <PickPerson label="Account" value={user ?? null} onPick={(id) => onChange({ user: id ?? undefined })} />
            <PickPerson label="By" value={actor ?? null} onPick={(id) => onChange({ actor: id ?? undefined })} />
          </>
        )}
        <TextInput
          label="From"
          type="date"
          max={to}
          value={from ?? ''}
          onChange={({ currentTarget }) => onChange({ from: currentTarget.value || undefined })}
        />
        <TextInput
          label="To"
          type="date"
          min={from}
          value={to ?? ''}
          onChange={({ currentTarget }) => onChange({ to: currentTarget.value || undefined })}
        />
      </SimpleGrid>
      {isFiltered && (
        <Group mt="xs">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<X size={14} aria-hidden />}
            onClick={() =>
              onChange({ type: undefined, actor: undefined, user: undefined, from: undefined, to: undefined })
            }
          >
            Clear all filters
          </Button>
        </Group>
      )}
    </search>
  )
}
