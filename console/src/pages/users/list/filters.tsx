import { Select } from '@mantine/core'
import { memo } from 'react'
import { DateFilters } from './date-filters.tsx'
import classes from './list.module.css'
import { roles, statuses, type UsersSearch } from './search.ts'
import { SearchBox, type SearchBoxProps } from './search-box.tsx'
import { asksTheSame, type SearchChange } from './use-users-search.ts'

interface FiltersProps {
  readonly search: UsersSearch
  readonly change: (changes: SearchChange) => void
}

/** Who is shown. Everything that is chosen has to be so of a person at once. */
export function Filters({
  search,
  change,
  onSearch,
  onPress,
}: FiltersProps & Pick<SearchBoxProps, 'onSearch' | 'onPress'>) {
  return (
    <search className={classes.filters}>
      <div className={classes.box}>
        <SearchBox value={search.search ?? ''} onSearch={onSearch} onPress={onPress} />
      </div>
      <Choices search={search} change={change} />
    </search>
  )
}

/** They stay as they are while somebody types. */
const Choices = memo(function Choices({ search, change }: FiltersProps) {
  return (
    <>
      <Choice
        label="Status"
        unset="Any status"
        value={search.status}
        from={statuses}
        onChoose={(status) => change({ status })}
      />
      <Choice label="Role" unset="Any role" value={search.role} from={roles} onChoose={(role) => change({ role })} />
      <Choice
        label="E-mail address"
        unset="Any address"
        value={words[String(search.emailVerified)]}
        from={['verified', 'not verified'] as const}
        onChoose={(word) => change({ emailVerified: word === undefined ? undefined : word === 'verified' })}
      />
      <DateFilters search={search} change={change} />
    </>
  )
}, asksTheSame)

const words: Readonly<Record<string, 'verified' | 'not verified'>> = { true: 'verified', false: 'not verified' }

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly unset: string
  readonly value: Value | undefined
  readonly from: readonly Value[]
  readonly onChoose: (value: Value | undefined) => void
}

function Choice<Value extends string>({ label, unset, value, from, onChoose }: ChoiceProps<Value>) {
  return (
    <Select
      aria-label={label}
      placeholder={unset}
      data={from.map((one) => ({ value: one, label: one[0]?.toUpperCase() + one.slice(1) }))}
      value={value ?? null}
      onChange={(chosen) => onChoose(from.find((one) => one === chosen))}
      clearable
      clearButtonProps={{ 'aria-label': `${unset} again` }}
      comboboxProps={{ shadow: 'md' }}
    />
  )
}
