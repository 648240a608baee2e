import { useNavigate } from '@tanstack/react-router'
import { FlexRender, type Row } from '@tanstack/react-table'
import { type MouseEvent, memo } from 'react'
import { nameOf } from '../../../session/session.tsx'
import cells from './cells.module.css'
import type { ColumnChoice } from './column-choice.ts'
import type { features } from './columns.tsx'
import classes from './list.module.css'
import type { Person } from './question.ts'
import type { Picking } from './selection.ts'

interface PersonRowProps {
  readonly row: Row<typeof features, Person>
  readonly index: number
  /** Which cells there are; a row looks the same until these change. */
  readonly shown: ColumnChoice['shown']
  readonly isPicked: boolean
  readonly isOneself: boolean
  readonly toggle: Picking['toggle']
}

/** One person. */
export const PersonRow = memo(function PersonRow({ row, index, isPicked, isOneself, toggle }: PersonRowProps) {
  return (
    <tr
      className={classes.row}
      aria-rowindex={index + 2}
      data-person={row.original.id}
      data-picked={isPicked || undefined}
    >
      <td>
        <PickOne person={row.original} isPicked={isPicked} isOneself={isOneself} toggle={toggle} />
      </td>
      {row.getVisibleCells().map((cell) => (
        <td key={cell.column.id}>
          <FlexRender cell={cell} />
        </td>
      ))}
    </tr>
  )
})

type PickOneProps = Pick<PersonRowProps, 'isPicked' | 'isOneself' | 'toggle'> & { readonly person: Person }

/** With the shift key everybody between the last one and this one. */
export function PickOne({ person, isPicked, isOneself, toggle }: PickOneProps) {
  const name = nameOf(person)
  return isOneself ? (
    <input
      type="checkbox"
      className={cells.pick}
      aria-label={`Select ${name}: not possible, this is you`}
      title="This is you. Your own account is changed on its own page."
      checked={false}
      aria-disabled
      readOnly
    />
  ) : (
    <input
      type="checkbox"
      className={cells.pick}
      aria-label={`Select ${name}`}
      checked={isPicked}
      onClick={({ shiftKey }) => toggle(person, !isPicked, shiftKey)}
      readOnly
    />
  )
}

const ownUse = 'a, button, input, label'

/**
 * For what has people in it: a click opens the page of whom it is on, on their name or beside it, but for what has a use of its own; what a browser does
 * with a link otherwise is left to it.
 */
export function useOpening() {
  const navigate = useNavigate()
  return (event: MouseEvent) => {
    const { target, ctrlKey, metaKey, shiftKey, altKey } = event
    if (!(target instanceof Element) || ctrlKey || metaKey || shiftKey || altKey) return
    const userId = target.closest('[data-person]')?.getAttribute('data-person')
    const on = target.closest(ownUse)
    const isMarking = getSelection()?.isCollapsed === false
    if (!userId || (on === null ? isMarking : on.tagName !== 'A')) return
    event.preventDefault()
    void navigate({ to: '/console/users/$userId', params: { userId } })
  }
}
