import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { Download, UserPlus } from 'lucide-react'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { useFormats } from '../../../session/formats.ts'
import { useMay, useMe } from '../../../session/session.tsx'
import { Page } from '../../../ui/page.tsx'
import { Empty, Failed, Loading } from '../../../ui/states.tsx'
import { BulkWorkshop } from './bulk/bulk-workshop.tsx'
import { useColumnChoice } from './column-choice.ts'
import { ExportDialog } from './export/export-dialog.tsx'
import { Filters } from './filters.tsx'
import classes from './list.module.css'
import { PeopleCards } from './people-cards.tsx'
import { PeopleTable, PickShown } from './people-table.tsx'
import { filterFor, filterOf, hasFilter } from './question.ts'
import { dateKeys } from './search.ts'
import { type Picking, useSelection } from './selection.ts'
import { type Counted, type Total, usePeople, useTotal } from './use-people.ts'
import { useTypedSearch } from './use-typed-search.ts'
import { ColumnMenu, OrderSelect } from './view-options.tsx'

/** Everybody in the directory, to be searched, filtered, sorted and changed together. */
export function Users() {
  const me = useMe()
  const choice = useColumnChoice()
  const { search, change, searchFor, sayTyped } = useTypedSearch(choice.more)
  const list = usePeople(search, choice.more)
  const { total, again } = useTotal(search, list)
  const { people, pages } = list
  const picking = useSelection(people, me.id)
  const [exported, setExported] = useState<Exported | null>(null)
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const filter = filterFor(filterOf(search), me.preferences.timezone)
  useNobodyUnseen(JSON.stringify(filter), picking)
  const shown = {
    people,
    pages,
    search,
    change,
    choice,
    picking,
    ownId: me.id,
    count: total?.isExact ? total.count : undefined,
  }
  return (
    <Page title="Users" actions={<Actions onExport={() => setExported({ query: filter, total })} />}>
      <div className={classes.list}>
        <Filters search={search} change={change} onSearch={searchFor} onPress={sayTyped} />
        <div className={classes.between}>
          <div className={classes.count}>
            {isNarrow && people.length > 0 && <PickShown people={people} picking={picking} ownId={me.id} />}
            {(people.length > 0 || !pages.isError) && (
              <Matches total={total} again={again} isFiltered={hasFilter(filterOf(search))} />
            )}
            {hasFilter(filterOf(search)) && (
              <Button variant="subtle" size="compact-sm" onClick={() => change(nothing)}>
                Clear filters
              </Button>
            )}
          </div>
          <div className={classes.view}>
            <OrderSelect search={search} change={change} />
            {!isNarrow && <ColumnMenu choice={choice} />}
          </div>
        </div>
        <BulkWorkshop
          picking={picking}
          total={total}
          filter={filter}
          onExport={() => setExported(pickedOf(picking) ?? { query: filter, total })}
        />
        {people.length > 0 ? (
          isNarrow ? (
            <PeopleCards {...shown} />
          ) : (
            <PeopleTable {...shown} />
          )
        ) : (
          <Nobody pages={pages} isFiltered={hasFilter(search)} onClear={() => change(nothing)} />
        )}
      </div>
      {exported !== null && <ExportDialog {...exported} onClose={() => setExported(null)} />}
    </Page>
  )
}

type Exported = Omit<ComponentProps<typeof ExportDialog>, 'onClose'>

/** Those who are picked one by one, as they are at the moment. */
function pickedOf({ selection }: Picking): Exported | null {
  if (selection.kind === 'all') return null
  const ids = [...selection.people.keys()]
  return { query: { ids }, total: { count: ids.length, isExact: true } }
}

function Actions({ onExport }: { readonly onExport: () => void }) {
  const may = useMay()
  return (
    <>
      <Button variant="default" leftSection={<Download size={16} aria-hidden />} onClick={onExport}>
        Export
      </Button>
      {may('users:create') && (
        <Button component={Link} to="/console/users/new" leftSection={<UserPlus size={16} aria-hidden />}>
          Add user
        </Button>
      )}
    </>
  )
}

const nothing = {
  search: undefined,
  status: undefined,
  role: undefined,
  emailVerified: undefined,
  ...Object.fromEntries(dateKeys.map((key) => [key, undefined])),
}

/** “All who match” means other people as soon as the filters are others. */
function useNobodyUnseen(filter: string, picking: ReturnType<typeof useSelection>) {
  const before = useRef(filter)
  useEffect(() => {
    if (before.current === filter) return
    before.current = filter
    if (picking.selection.kind === 'all') picking.clear()
  }, [filter, picking])
}

interface MatchesProps extends Counted {
  readonly isFiltered: boolean
}

function Matches({ total, again, isFiltered }: MatchesProps) {
  const { number } = useFormats()
  const words = again === null ? 'Counting' : 'How many is not known'
  return (
    <>
      <span role="status" className={`tabular ${classes.matches}`}>
        {total === null ? words : matchWords(total, isFiltered, number)}
      </span>
      {again !== null && (
        <Button variant="subtle" size="compact-sm" onClick={again}>
          Count again
        </Button>
      )}
    </>
  )
}

function matchWords({ count, isExact }: Total, isFiltered: boolean, number: (value: number) => string): string {
  const who = count === 1 ? '1 person' : `${number(count)} people`
  const words = isExact ? who : `at least ${who}`
  if (!isFiltered) return words[0]?.toUpperCase() + words.slice(1)
  return `${words[0]?.toUpperCase()}${words.slice(1)} ${count === 1 ? 'matches' : 'match'}`
}

interface NobodyProps extends Pick<ReturnType<typeof usePeople>, 'pages'> {
  readonly isFiltered: boolean
  readonly onClear: () => void
}

function Nobody({ pages, isFiltered, onClear }: NobodyProps) {
  if (pages.isError) return <Failed error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending) return <Loading lines={8} />
  if (!isFiltered) return <Empty title="Nobody is here yet" says="Add somebody, or invite them." />
  return (
    <Empty title="Nobody matches" says="Nobody in the directory is as the search and the filters ask for.">
      <Button mt="sm" variant="default" onClick={onClear}>
        Clear filters
      </Button>
    </Empty>
  )
}
