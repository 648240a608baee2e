import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { FileSpreadsheet, X } from 'lucide-react'
import { lazy, type ReactNode } from 'react'
import { useFormats } from '../session/formats.ts'
import { useWarning } from '../ui/draft.ts'
import { Fetched } from '../ui/fetched.tsx'
import { Loading, Refused } from '../ui/states.tsx'
import { type Source, useBulkDraft } from './bulk-draft.ts'
import { ColumnMapping } from './column-mapping.tsx'
import type { Line } from './lines.ts'
import { Preview } from './preview.tsx'
import { forgetRun, type Part, startRun, useRun, type Verdict } from './run.ts'
import { RunProgress, type RunWords } from './run-progress.tsx'
import type { Column } from './table.ts'

const DropFile = lazy(() => import('./drop-file.tsx').then(({ DropFile }) => ({ default: DropFile })))

/** What is done with many people at once. */
export interface Undertaking {
  readonly kind: string
  readonly columns: readonly Column[]
  readonly words: RunWords & { readonly action: (count: string) => string }
  /** Changes with every choice that the server's opinion depends on. */
  readonly as: string
  /** How many lines may be taken at once, from a pasted list. */
  readonly pastedMax: number
  /** Why nothing can be sent yet; null when it can. Faults of single lines are told by `problemWith`. */
  readonly isMissing: string | null
  /** What can be said of a line without the server. It has to be the same function for as long as `as` is the same. */
  readonly problemWith: (line: Line) => string | null
  /** What is worth knowing of what will come of lines. */
  readonly noteOn: (lines: readonly Line[]) => string
  /** Asks the server what would come of lines, and does nothing. */
  readonly tryOut: (lines: readonly Line[]) => Promise<readonly Verdict[]>
  readonly partsOf: (lines: readonly Line[]) => readonly Part[]
  readonly changes: readonly string[]
}

interface BulkEntryProps {
  readonly source: Source
  readonly undertaking: Undertaking
  /** What holds for all of them, between the list and what is understood of it. */
  readonly choices: ReactNode
}

/** Many people at once, from a pasted list or a file: what is understood, what the server thinks of it, and what comes of it. */
export function BulkEntry({ source, undertaking, choices }: BulkEntryProps) {
  const { kind, columns, words, problemWith } = undertaking
  const run = useRun(kind)
  const bulk = useBulkDraft(kind, source, problemWith)
  const { draft, lines } = bulk
  useWarning(run === null ? draft.text !== '' || draft.file !== null : run.state !== 'done')
  if (run !== null) {
    const leave = () => {
      if (run.state === 'done' && run.refused.length === 0) bulk.forget()
      forgetRun(kind)
    }
    return <RunProgress run={run} words={words} columns={columns} onOver={leave} />
  }
  return (
    <Stack gap="lg">
      {source === 'list' ? (
        <Textarea
          label="People, one a line"
          description="An address each, alone or with a name: Ada Lovelace <ada@example.com>. Lists from mail programs and cells of spreadsheets will do."
          placeholder={'ada@example.com\nGrace Hopper <grace@example.com>'}
          value={draft.text}
          onChange={({ currentTarget: { value } }) => bulk.setText(value)}
          autosize
          minRows={6}
          maxRows={16}
          autoComplete="off"
          spellCheck={false}
        />
      ) : (
        <FileChoice bulk={bulk} columns={columns} />
      )}
      {choices}
      {lines.length > 0 && <Understood lines={lines} bulk={bulk} undertaking={undertaking} source={source} />}
    </Stack>
  )
}

type Bulk = ReturnType<typeof useBulkDraft>

function FileChoice({ bulk, columns }: { readonly bulk: Bulk; readonly columns: readonly Column[] }) {
  const { number } = useFormats()
  const { file } = bulk.draft
  if (file === null) {
    return (
      <Fetched coming={<Loading lines={3} />}>
        <DropFile onTable={(name, table) => bulk.setTable(name, table, columns)} />
      </Fetched>
    )
  }
  return (
    <Stack gap="md">
      <Group gap="sm">
        <FileSpreadsheet size={20} aria-hidden />
        <Text fw={550}>{file.name}</Text>
        <Text c="dimmed" className="tabular">
          {number(file.table.lines.length)} lines
        </Text>
        <Button variant="subtle" size="compact-sm" leftSection={<X size={14} aria-hidden />} onClick={bulk.dropFile}>
          Another file
        </Button>
      </Group>
      <ColumnMapping table={file.table} mapping={file.mapping} columns={columns} onChange={bulk.setMapping} />
    </Stack>
  )
}

interface UnderstoodProps {
  readonly lines: readonly Line[]
  readonly bulk: Bulk
  readonly undertaking: Undertaking
  readonly source: Source
}

function Understood({ lines, bulk, undertaking, source }: UnderstoodProps) {
  const { number } = useFormats()
  const { kind, columns, words, as, isMissing, pastedMax, noteOn, tryOut, partsOf, changes } = undertaking
  const verdicts = bulk.verdictsAs(as)
  const examined = lines.map((line, place) => ({ ...line, problem: line.problem ?? verdicts?.[place] ?? null }))
  const good = examined.filter(({ problem }) => problem === null)
  const leftOut = examined.filter(({ problem }) => problem !== null)
  const faulty = leftOut.length
  const tooMany = source === 'list' && good.length > pastedMax
  const check = useMutation({
    mutationFn: async () => {
      const answers = (await tryOut(lines.filter(({ problem }) => problem === null))).values()
      bulk.setChecked(
        as,
        lines.map(({ problem }) => (problem === null ? (answers.next().value ?? null) : null)),
      )
    },
  })
  const begin = () => startRun({ kind, parts: partsOf(good), leftOut, changes })
  const why = tooMany
    ? `A pasted list has ${number(pastedMax)} people at most. Save them as a CSV file, and choose that.`
    : isMissing
  const isOff = good.length === 0 || why !== null
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <Preview caption="What was understood" lines={examined} columns={columns} />
      </Paper>
      <Paper withBorder p="md">
        <Group justify="space-between" gap="sm">
          <div>
            <Text fw={550} role="status" className="tabular">
              {number(good.length)} {good.length === 1 ? 'person' : 'people'}
              {faulty > 0 && `, and ${number(faulty)} ${faulty === 1 ? 'line' : 'lines'} with a problem, left out`}
            </Text>
            <Text size="sm" c="dimmed">
              {why ??
                `${noteOn(good)} ${verdicts === null ? 'Nothing has been sent yet.' : 'The server has looked at the list, and done nothing yet.'}`}
            </Text>
          </div>
          <Group gap="xs">
            <Button
              variant={verdicts === null ? 'filled' : 'default'}
              onClick={() => check.mutate()}
              loading={check.isPending}
              disabled={isOff}
            >
              {verdicts === null ? 'Check the list' : 'Check again'}
            </Button>
            {verdicts !== null && (
              <Button onClick={begin} disabled={isOff || check.isPending}>
                {words.action(`${number(good.length)} ${good.length === 1 ? 'person' : 'people'}`)}
              </Button>
            )}
          </Group>
        </Group>
      </Paper>
      <Refused error={check.error} />
    </Stack>
  )
}
