import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import { CircleCheck, Download } from 'lucide-react'
import { useFormats } from '../session/formats.ts'
import { writeCsv } from '../ui/csv.ts'
import { saveText } from '../ui/save.ts'
import { ServerPause } from '../ui/server-pause.tsx'
import { Refused } from '../ui/states.tsx'
import type { Line } from './lines.ts'
import { Preview } from './preview.tsx'
import type { Run } from './run.ts'
import type { Column } from './table.ts'

/** How a kind of run is spoken of. */
export interface RunWords {
  /** “Adding people” */
  readonly doing: string
  /** “added” */
  readonly done: string
  /** What the file of those who were refused is called. */
  readonly file: string
}

interface RunProgressProps {
  readonly run: Run
  readonly words: RunWords
  readonly columns: readonly Column[]
  /** Leaves it, for another list. */
  readonly onOver: () => void
}

/** How far a run is, and what became of its lines. */
export function RunProgress({ run, words, columns, onOver }: RunProgressProps) {
  const { number } = useFormats()
  const { state, total, done, refused, leftOut, waitsUntil, error } = run
  const isOver = state === 'done' || state === 'stopped'
  const taken = done - refused.length
  const fruitless = [...refused, ...(isOver ? leftOut : [])].sort((one, other) => one.line - other.line)
  return (
    <Stack gap="lg">
      <Paper withBorder p="lg">
        <Stack gap="sm">
          <div role="status">
            <Title order={2}>{titleOf(run, words)}</Title>
          </div>
          <Progress.Root size="lg" transitionDuration={200}>
            <Progress.Section
              value={(done / Math.max(total, 1)) * 100}
              aria-label={words.doing}
              animated={state === 'running'}
              color={state === 'done' ? 'green' : 'ink'}
            />
          </Progress.Root>
          <Text className="tabular">
            {number(done)} of {number(total)}: {number(taken)} {words.done}, {number(refused.length)} refused
            {leftOut.length > 0 && `, ${number(leftOut.length)} left out`}
            {state === 'stopped' && `, ${number(total - done)} not sent`}
          </Text>
          {waitsUntil !== null && <ServerPause untilMs={waitsUntil} />}
          {state === 'paused' && <Refused error={error} />}
          <Group gap="xs">
            {(state === 'running' || state === 'stopping') && (
              <Button variant="default" onClick={run.stop} disabled={state === 'stopping'}>
                {state === 'stopping' ? 'Stopping after this part' : 'Stop'}
              </Button>
            )}
            {(state === 'paused' || state === 'stopped') && done < total && (
              <Button onClick={run.goOn}>Go on with the rest</Button>
            )}
            {(isOver || state === 'paused') && (
              <Button variant="default" onClick={onOver}>
                Start another list
              </Button>
            )}
          </Group>
        </Stack>
      </Paper>
      {state === 'done' && fruitless.length === 0 && (
        <Alert color="green" variant="light" icon={<CircleCheck aria-hidden />} title="Nobody was refused">
          Everybody in the list was {words.done}.
        </Alert>
      )}
      {fruitless.length > 0 && <Fruitless lines={fruitless} words={words} columns={columns} />}
    </Stack>
  )
}

function titleOf({ state, total, done }: Run, words: RunWords): string {
  if (state === 'done') return 'Done'
  if (state === 'stopped') return done < total ? 'Stopped' : 'Done'
  return state === 'paused' ? 'Interrupted' : `${words.doing}…`
}

/** Lines of which nothing came, each with why. */
function Fruitless({
  lines,
  words,
  columns,
}: Pick<RunProgressProps, 'words' | 'columns'> & { readonly lines: readonly Line[] }) {
  const { number } = useFormats()
  const title = `Who was not ${words.done}`
  const keep = () => {
    const used = columns.filter(({ name }) => lines.some(({ cells }) => cells[name] !== undefined))
    const head = ['line', ...used.map(({ name }) => name), 'problem']
    const rows = lines.map(({ line, cells, problem }) => [
      String(line),
      ...used.map(({ name }) => cells[name] ?? ''),
      problem ?? '',
    ])
    saveText(writeCsv([head, ...rows]), words.file, 'text/csv')
  }
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2}>
          {title} ({number(lines.length)})
        </Title>
        <Button variant="default" leftSection={<Download size={16} aria-hidden />} onClick={keep}>
          Download as CSV
        </Button>
      </Group>
      <Text c="dimmed">
        Put it right in the file, and choose it here again: the two columns added to it are left out.
      </Text>
      <Preview caption={title} lines={lines} columns={columns} />
    </Stack>
  )
}
