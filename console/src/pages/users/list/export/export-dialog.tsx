import { Button, Group, Progress, Radio, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useFormats } from '../../../../session/formats.ts'
import { Dialog } from '../../../../ui/dialog.tsx'
import { Refused } from '../../../../ui/states.tsx'
import { tellDone } from '../../../../ui/told.ts'
import type { Total } from '../use-people.ts'
import { type Downloaded, download, type ExportFormat, type Whom } from './download.ts'

interface ExportDialogProps {
  readonly query: Whom
  readonly total: Total | null
  readonly onClose: () => void
}

/** Those who are named, or everybody whom the filters leave in, as a file. */
export function ExportDialog({ query, total, onClose }: ExportDialogProps) {
  const formats = useFormats()
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [progress, setProgress] = useState<Downloaded>({ bytes: 0, lines: 0 })
  const stop = useRef(new AbortController())
  useEffect(() => () => stop.current.abort(), [])
  const work = useMutation({
    mutationFn: () => {
      stop.current = new AbortController()
      setProgress({ bytes: 0, lines: 0 })
      return download(format, query, { signal: stop.current.signal, onProgress: setProgress })
    },
    onSuccess: ({ bytes }) => {
      tellDone(`The file is complete: ${megabytes(bytes, formats.number)}.`)
      onClose()
    },
  })
  const wasStopped = stop.current.signal.aborted
  return (
    <Dialog opened onClose={onClose} title="Export people" isHeld={work.isPending}>
      <Stack>
        <Text size="sm">
          {wordsOf(query)}
          {total !== null && `: ${total.isExact ? '' : 'at least '}${formats.number(total.count)}`}. No passwords and no
          second factors are in the file. Who exported is recorded.
        </Text>
        <Radio.Group label="Form of the file" value={format} onChange={(value) => setFormat(value as ExportFormat)}>
          <Stack gap="xs" mt="xs">
            <Radio value="csv" label="CSV" description="A table for spreadsheets" disabled={work.isPending} />
            <Radio
              value="ndjson"
              label="Lines of JSON"
              description="Everything that an import can read again, all organizations first"
              disabled={work.isPending}
            />
          </Stack>
        </Radio.Group>
        {!wasStopped && <Refused error={work.error} />}
        {work.isPending && (
          <>
            <Progress
              value={total === null || !total.isExact ? 100 : Math.min(100, (progress.lines / total.count) * 100)}
              animated
              aria-label="Progress"
              size="lg"
            />
            <Text size="sm" role="status" className="tabular">
              {`About ${formats.number(progress.lines)} people, ${megabytes(progress.bytes, formats.number)} so far`}
            </Text>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={work.isPending ? () => stop.current.abort() : onClose}>
            {work.isPending ? 'Stop' : 'Cancel'}
          </Button>
          <Button onClick={() => work.mutate()} loading={work.isPending}>
            Export
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

function wordsOf({ ids, ...filter }: Whom): string {
  if (ids !== undefined) return 'Those who are selected'
  return Object.keys(filter).length > 0 ? 'Everybody whom the filters leave in' : 'Everybody in the directory'
}

function megabytes(bytes: number, number: (value: number) => string): string {
  return bytes < 100_000 ? `${number(Math.ceil(bytes / 1000))} kB` : `${number(Math.round(bytes / 100_000) / 10)} MB`
}
