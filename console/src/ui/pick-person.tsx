import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../client/client.ts'
import { explain } from '../client/words.ts'
import { nameOf } from '../session/session.tsx'
import { Person } from './person.tsx'

interface PickPersonProps {
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  /** Whether a dialog begins with it. */
  readonly isFirst?: boolean
  /** The id of whoever is picked. */
  readonly value: string | null
  readonly onPick: (id: string | null) => void
}

const fields = ['id', 'email', 'firstName', 'lastName', 'avatar'] as const

/** Finds somebody by name or address as it is typed, for whoever may list users. */
export function PickPerson({
  label,
  description,
  placeholder = 'Anybody',
  isFirst = false,
  value,
  onPick,
}: PickPersonProps) {
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [search] = useDebouncedValue(typed, 150)
  const picked = useQuery({
    queryKey: ['user', value, 'called'],
    queryFn: ({ signal }) => client.users.get(value ?? '', { fields }, { signal }),
    enabled: value !== null,
    staleTime: 60_000,
  })
  const nameOfPicked = picked.data === undefined ? '' : nameOf(picked.data)
  const found = useQuery({
    queryKey: ['users', 'pick', search],
    queryFn: ({ signal }) =>
      client.users.list({ ...(search === '' ? {} : { search }), limit: 8, count: false, fields }, { signal }),
    enabled: isOpen && (value === null || search !== nameOfPicked),
    placeholderData: keepPreviousData,
  })
  const people = found.data?.data ?? []
  const options = people.map((person) => ({ value: person.id ?? '', label: labelOf(person) }))
  const pickedOption =
    value === null ? [] : [{ value, label: nameOfPicked || (picked.isError ? 'Somebody not here any more' : '…') }]
  return (
    <Select
      label={label}
      description={description}
      placeholder={placeholder}
      {...(isFirst ? { 'data-autofocus': true } : {})}
      data={[...pickedOption, ...options.filter((option) => option.value !== value)]}
      value={value}
      onChange={onPick}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const person = people.find(({ id }) => id === option.value)
        return person === undefined ? option.label : <Person person={person} />
      }}
      nothingFoundMessage={found.isError ? explain(found.error).title : 'Nobody is called that'}
      rightSection={found.isFetching ? <Loader size={14} aria-hidden /> : undefined}
      comboboxProps={{ withinPortal: false, shadow: 'md' }}
      withScrollArea={false}
      styles={{ options: { maxHeight: 'min(280px, 30dvh)', overflowY: 'auto' } }}
    />
  )
}

function labelOf(person: { firstName?: string | null; lastName?: string | null; email?: string | null }): string {
  const name = nameOf(person)
  return person.email && person.email !== name ? `${name} · ${person.email}` : name
}
