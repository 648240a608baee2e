import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useFormats } from '../../../../session/formats.ts'
import { useMe } from '../../../../session/session.tsx'
import { tellDone } from '../../../../ui/told.ts'
import type { filterFor, Person } from '../question.ts'
import type { Picking } from '../selection.ts'
import { countOf, SelectionBar } from '../selection-bar.tsx'
import type { Total } from '../use-people.ts'
import { type BulkAction, wordsFor } from './actions.ts'
import { BulkDialog, type BulkWork } from './bulk-dialog.tsx'
import { Named, peopleIn } from './named.tsx'
import { findAll } from './run.ts'
import type { Find, Report } from './use-bulk.ts'

interface BulkWorkshopProps {
  readonly picking: Picking
  readonly total: Total | null
  readonly filter: ReturnType<typeof filterFor>
  readonly onExport: () => void
}

/** From who is picked to what came of it, and back again. */
export function BulkWorkshop({ picking, total, filter, onExport }: BulkWorkshopProps) {
  const { number } = useFormats()
  const ownId = useMe().id
  const [work, setWork] = useState<BulkWork | null>(null)

  const ask = (action: BulkAction) => setWork({ action, ...whoIs(picking, total, { filter, ownId, number }) })
  const undo = (people: readonly Person[]) =>
    setWork({
      action: { kind: 'restore' },
      find: async () => people,
      who: peopleIn(people.length, number),
      described: null,
      isUndo: true,
    })
  const settle = (report: Report) => {
    picking.clear()
    if (work === null || report.refused.length > 0 || report.left.length > 0 || report.error !== null) return
    setWork(null)
    const done = wordsFor(work.action, peopleIn(report.done.length, number)).done
    if (work.action.kind === 'delete') tellUndoable(done, () => undo(report.done))
    else tellDone(done)
  }
  return (
    <>
      <SelectionBar picking={picking} total={total} isHidden={work !== null} onAction={ask} onExport={onExport} />
      {work !== null && (
        <BulkDialog key={work.action.kind} work={work} onClose={() => setWork(null)} onReport={settle} onUndo={undo} />
      )}
    </>
  )
}

interface Around {
  readonly filter: ReturnType<typeof filterFor>
  readonly ownId: string
  readonly number: (value: number) => string
}

function whoIs(picking: Picking, total: Total | null, { filter, ownId, number }: Around): Omit<BulkWork, 'action'> {
  const { selection } = picking
  if (selection.kind === 'some') {
    const people = [...selection.people.values()]
    return { find: async () => people, who: peopleIn(people.length, number), described: <Named people={people} /> }
  }
  const { except } = selection
  const find: Find = (running) => findAll(filter, (id) => id !== ownId && !except.has(id), running)
  const who = peopleIn(countOf(picking, total), number)
  return {
    find,
    who: total?.isExact ? who : `at least ${who}`,
    described: (
      <Text size="sm" fw={550}>
        Everybody whom the filters leave in by now, also where you have not scrolled to; 10,000 at most. You yourself
        are left out.
      </Text>
    ),
  }
}

const undoMs = 20_000

/** Says what was done, and takes it back when asked to. */
function tellUndoable(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          Undo
        </Button>
      </Group>
    ),
    color: 'green',
    withBorder: true,
    autoClose: undoMs,
  })
}
