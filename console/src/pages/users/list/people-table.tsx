import { Checkbox, UnstyledButton } from '@mantine/core'
import { useTable } from '@tanstack/react-table'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import type { ColumnChoice } from './column-choice.ts'
import { columns, features } from './columns.tsx'
import { EndOfList } from './end-of-list.tsx'
import classes from './list.module.css'
import { PersonRow, useOpening } from './person-row.tsx'
import { type Place, usePlace } from './places.ts'
import type { Person } from './question.ts'
import type { Sort, UsersSearch } from './search.ts'
import type { Picking } from './selection.ts'
import { rowHeight } from './sizes.ts'
import { type PeoplePages, useMoreNear } from './use-more-near.ts'
import type { SearchChange } from './use-users-search.ts'
import { orderBy, orderOf } from './view-options.tsx'

const pickWidth = 52

export interface PeopleProps {
  readonly people: readonly Person[]
  readonly pages: PeoplePages
  readonly search: UsersSearch
  readonly change: (changes: SearchChange) => void
  readonly choice: ColumnChoice
  readonly picking: Picking
  readonly ownId: string
  /** How many match, as far as it is known. */
  readonly count: number | undefined
}

/** The list as a table that scrolls within itself. Only the rows that can be seen are drawn. */
export const PeopleTable = memo(function PeopleTable(props: PeopleProps) {
  const { people, pages, search, change, choice, picking, ownId, count } = props
  const scroll = useRef<HTMLDivElement>(null)
  const table = useTable({
    features,
    columns,
    data: people as Person[],
    getRowId: ({ id }) => id,
    state: { columnVisibility: choice.visibility },
  })
  const { rows } = table.getRowModel()
  const asked = JSON.stringify(search)
  const place = usePlace(asked)
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 4,
    initialOffset: place.kept,
  })
  const items = virtual.getVirtualItems()
  const slotOf = useSlots(asked)
  const open = useOpening()
  useMoreNear(pages, items.at(-1)?.index ?? 0, rows.length)
  useKeptPlace(virtual, asked, place)
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const width = pickWidth + choice.shown.reduce((sum, column) => sum + column.width, 0)
  return (
    <div className={classes.frame}>
      <section
        ref={scroll}
        className={classes.scroll}
        aria-label="People"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls within itself has to be reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget }) => place.keep(currentTarget.scrollTop)}
      >
        <table
          className={`${classes.table} ${pages.isPlaceholderData ? classes.stale : ''}`}
          style={{ minWidth: width }}
          aria-rowcount={count === undefined ? -1 : count + 1}
          aria-busy={pages.isPlaceholderData}
        >
          <Head people={people} picking={picking} ownId={ownId} choice={choice} search={search} change={change} />
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the names are the links for the keyboard */}
          <tbody onClick={open}>
            <Room height={before} span={choice.shown.length + 1} />
            {items.map(({ index }) => {
              const row = rows[index]
              if (row === undefined) return null
              return (
                <PersonRow
                  key={slotOf(row.id)}
                  row={row}
                  index={index}
                  shown={choice.shown}
                  isPicked={picking.isPicked(row.id)}
                  isOneself={row.id === ownId}
                  toggle={picking.toggle}
                />
              )
            })}
            <Room height={after} span={choice.shown.length + 1} />
          </tbody>
        </table>
        <EndOfList pages={pages} />
        {picking.isAny && <div className={classes.behindBar} />}
      </section>
    </div>
  )
})

type HeadProps = Pick<PeopleProps, 'people' | 'picking' | 'ownId' | 'choice' | 'search' | 'change'>

/** How wide the columns are, what they are called, and what the list is sorted by. */
function Head({ people, picking, ownId, choice, search, change }: HeadProps) {
  return (
    <>
      <colgroup>
        <col style={{ width: pickWidth }} />
        {choice.shown.map((column) => (
          <col key={column.id} style={{ width: column.width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">
            <PickShown people={people} picking={picking} ownId={ownId} />
          </th>
          {choice.shown.map(({ id, label, sort }) =>
            sort === undefined ? (
              <th key={id} scope="col">
                {label}
              </th>
            ) : (
              <SortedBy key={id} label={label} sort={sort} search={search} change={change} />
            ),
          )}
        </tr>
      </thead>
    </>
  )
}

/** Whoever asks for something else is shown its beginning, and whoever goes back is where they were. To go there again would have the browser lay the page out twice. */
function useKeptPlace(virtual: Virtualizer<HTMLDivElement, Element>, asked: string, place: Place) {
  const shown = useRef(asked)
  useEffect(() => {
    if (shown.current === asked) return
    shown.current = asked
    const offset = place.kept()
    if ((virtual.scrollOffset ?? 0) !== offset) virtual.scrollToOffset(offset)
  }, [virtual, asked, place])
}

/**
 * Where a person's row is drawn. Those of another search take the places of the ones before, so that little is drawn anew; within a search a row stays
 * with its person, and so does the focus in it.
 */
function useSlots(list: string): (id: string) => number {
  const taken = useRef({ list, slots: new Map<string, number>() })
  if (taken.current.list !== list) taken.current = { list, slots: new Map() }
  const { slots } = taken.current
  return (id) => {
    const slot = slots.get(id) ?? slots.size
    slots.set(id, slot)
    return slot
  }
}

/** Stands for rows that are not drawn. */
function Room({ height, span }: { readonly height: number; readonly span: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden className={classes.room}>
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}

export function PickShown({ people, picking, ownId }: Pick<PeopleProps, 'people' | 'picking' | 'ownId'>) {
  const others = people.filter(({ id }) => id !== ownId)
  const picked = others.filter(({ id }) => picking.isPicked(id)).length
  const isAll = others.length > 0 && picked === others.length
  return (
    <Checkbox
      aria-label="Select everybody shown"
      checked={isAll}
      indeterminate={picked > 0 && !isAll}
      disabled={others.length === 0}
      onChange={() => picking.pick(others, !isAll)}
    />
  )
}

interface SortedByProps extends Pick<PeopleProps, 'search' | 'change'> {
  readonly label: string
  readonly sort: Sort
}

/** A column that the list can be sorted by: first as one would expect, then the other way round. */
function SortedBy({ label, sort, search, change }: SortedByProps) {
  const now = orderOf(search)
  const isOn = now.sort === sort
  const first = sort.endsWith('At') ? 'desc' : 'asc'
  const next = isOn ? (now.order === 'asc' ? 'desc' : 'asc') : first
  const Icon = isOn ? (now.order === 'asc' ? ArrowUp : ArrowDown) : ChevronsUpDown
  return (
    <th scope="col" aria-sort={isOn ? (now.order === 'asc' ? 'ascending' : 'descending') : 'none'}>
      <UnstyledButton className={classes.sort} data-on={isOn || undefined} onClick={() => change(orderBy(sort, next))}>
        {label}
        <Icon size={14} aria-hidden />
      </UnstyledButton>
    </th>
  )
}
