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

/** One person. A click anywhere opens their page, but for what has a use of its own. */
export const PersonRow = memo(function PersonRow({ row, index, isPicked, isOneself, toggle }: PersonRowProps) {
  const open = useOpening(row.original.id)
  return (
    <tr className={classes.row} aria-rowindex={index + 2} data-picked={isPicked || undefined} onClick={open}>
      <td>
        <PickOne person={row.original} isPicked={isPicked} isOneself={isOneself} toggle={toggle} />
      </td>
      {row.getVisibleCells().map((cell) => (
        <td key={cell.id}>
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

/** A click opens somebody's page, on their name or beside it; what a browser does with a link otherwise is left to it. */
export function useOpening(userId: string) {
  const navigate = useNavigate()
  return (event: MouseEvent) => {
    const { target, ctrlKey, metaKey, shiftKey, altKey } = event
    if (!(target instanceof Element) || ctrlKey || metaKey || shiftKey || altKey) return
    const on = target.closest(ownUse)
    const isMarking = getSelection()?.isCollapsed === false
    if (on === null ? isMarking : on.tagName !== 'A') return
    event.preventDefault()
    void navigate({ to: '/console/users/$userId', params: { userId } })
  }
}
