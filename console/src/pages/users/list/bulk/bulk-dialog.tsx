import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { CircleCheck } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFormats } from '../../../../session/formats.ts'
import { useRetention } from '../../../../session/retention.ts'
import { Dialog } from '../../../../ui/dialog.tsx'
import { ServerPause } from '../../../../ui/server-pause.tsx'
import { Refused } from '../../../../ui/states.tsx'
import type { Person } from '../question.ts'
import { type BulkAction, isHarsh, wordsFor } from './actions.ts'
import { peopleIn } from './named.tsx'
import { Results } from './results.tsx'
import { type BulkState, type Find, type Report, useBulk } from './use-bulk.ts'

export interface BulkWork {
  readonly action: BulkAction
  readonly find: Find
  /** How many are meant, as far as it is known. */
  readonly who: string
  /** Some of them by name, or what they have in common. */
  readonly described: ReactNode
  /** Whether it begins without being asked for again. */
  readonly isUndo?: boolean
}

interface BulkDialogProps {
  readonly work: BulkWork
  readonly onClose: () => void
  readonly onReport: (report: Report) => void
  readonly onUndo: (people: readonly Person[]) => void
}

/** Asks once more, does it with progress and a way to stop, and tells what came of each. */
export function BulkDialog({ work, onClose, onReport, onUndo }: BulkDialogProps) {
  const { action, who } = work
  const { state, start, goOn, stop } = useBulk(action, work.find)
  const words = wordsFor(action, who, useRetention())
  const run = (begin: () => Promise<Report>) => void begin().then(onReport)
  const begun = useRef(false)
  useEffect(() => {
    if (!work.isUndo || begun.current) return
    begun.current = true
    run(start)
  })
  const isRunning = state.stage === 'running'
  return (
    <Dialog
      opened
      onClose={onClose}
      title={state.stage === 'asked' ? words.title : isRunning ? words.doing : 'What came of it'}
      isHeld={isRunning}
    >
      {state.stage === 'asked' && (
        <Stack>
          {work.described}
          <Text size="sm">{words.says}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              Cancel
            </Button>
            <Button {...(isHarsh(action) ? { color: 'red' } : {})} onClick={() => run(start)}>
              {words.button}
            </Button>
          </Group>
        </Stack>
      )}
      {isRunning && <Running state={state} onStop={stop} />}
      {state.stage === 'over' && (
        <Over
          action={action}
          report={state.report}
          onClose={onClose}
          onGoOn={(left) => run(() => goOn(left))}
          onUndo={onUndo}
        />
      )}
    </Dialog>
  )
}

interface RunningProps {
  readonly state: Extract<BulkState, { stage: 'running' }>
  readonly onStop: () => void
}

function Running({ state: { progress, of, isStopping }, onStop }: RunningProps) {
  const { number } = useFormats()
  const says =
    progress.phase === 'finding'
      ? `Finding everybody: ${number(progress.count)} so far`
      : `${number(progress.count)} of ${number(of ?? progress.count)} people`
  return (
    <Stack>
      <Progress
        value={of === null || of === 0 ? 100 : (progress.count / of) * 100}
        animated={of === null}
        aria-label="Progress"
        size="lg"
      />
      <Text role="status" className="tabular">
        {isStopping ? 'Stopping after what was sent already' : says}
      </Text>
      {progress.pausedUntilMs !== null && !isStopping && <ServerPause untilMs={progress.pausedUntilMs} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onStop} disabled={isStopping}>
          Stop
        </Button>
      </Group>
    </Stack>
  )
}

interface OverProps {
  readonly action: BulkAction
  readonly report: Report
  readonly onClose: () => void
  readonly onGoOn: (left: readonly Person[]) => void
  readonly onUndo: (people: readonly Person[]) => void
}

function Over({ action, report: { done, refused, left, error }, onClose, onGoOn, onUndo }: OverProps) {
  const formats = useFormats()
  return (
    <Stack>
      <Refused error={error} />
      {done.length > 0 && (
        <Alert color="green" variant="light" icon={<CircleCheck aria-hidden />} role="status">
          {wordsFor(action, peopleIn(done.length, formats.number)).done}
        </Alert>
      )}
      {done.length === 0 && refused.length === 0 && error === null && <Text>Nobody was changed.</Text>}
      <Results refused={refused} />
      {left.length > 0 && <Text size="sm">{`Not reached: ${peopleIn(left.length, formats.number)}.`}</Text>}
      <Group justify="flex-end">
        {action.kind === 'delete' && done.length > 0 && (
          <Button variant="default" onClick={() => onUndo(done)}>
            Undo
          </Button>
        )}
        {left.length > 0 && (
          <Button variant="default" onClick={() => onGoOn(left)}>
            Go on with them
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  )
}
