import '@mantine/dropzone/styles.css'
import { Button, Group, Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { FileSpreadsheet } from 'lucide-react'
import { useRef, useState } from 'react'
import { Refused } from '../ui/states.tsx'
import { NoTable, readTable, type Table } from './table.ts'

const bytesMax = 16 * 1024 * 1024

/** Takes a file of comma-separated values, dropped or chosen. */
export function DropFile({ onTable }: { readonly onTable: (name: string, table: Table) => void }) {
  const [problem, setProblem] = useState<string | null>(null)
  const open = useRef<() => void>(null)
  const [isReading, setReading] = useState(false)
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    setReading(true)
    setProblem(null)
    try {
      onTable(file.name, await readTable(await file.arrayBuffer()))
    } catch (thrown) {
      setProblem(thrown instanceof NoTable ? thrown.message : 'The file cannot be read. Choose it again.')
    } finally {
      setReading(false)
    }
  }
  return (
    <Stack gap="sm">
      {problem !== null && <Refused error={new NoTable(problem)} />}
      <Dropzone
        onDrop={([file]) => void read(file)}
        onReject={([rejection]) => setProblem(whyNot(rejection?.file.size ?? 0))}
        accept={{
          'text/csv': ['.csv', '.tsv', '.txt'],
          'text/plain': ['.csv', '.txt'],
          'application/vnd.ms-excel': ['.csv'],
        }}
        maxSize={bytesMax}
        multiple={false}
        loading={isReading}
        enablePointerEvents
        openRef={open}
        activateOnClick={false}
        activateOnKeyboard={false}
        inputProps={{ 'aria-label': 'File of people' }}
        style={{ cursor: 'default' }}
      >
        <Group justify="center" gap="md" mih={140}>
          <FileSpreadsheet size={36} aria-hidden opacity={0.6} />
          <div>
            <Text fw={550}>Drop a CSV file here</Text>
            <Text size="sm" c="dimmed">
              A person in each line, up to 16 MB. The first line names the columns.
            </Text>
          </div>
          <Button variant="default" onClick={() => open.current?.()}>
            Choose a file
          </Button>
        </Group>
      </Dropzone>
    </Stack>
  )
}

function whyNot(bytes: number): string {
  if (bytes > bytesMax) return 'The file is larger than 16 MB. Cut it in two, or import it on the command line.'
  return 'This is no file of comma-separated values. Save the spreadsheet as CSV, and choose that file.'
}
