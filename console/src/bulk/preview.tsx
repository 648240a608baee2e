import { Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { useFormats } from '../session/formats.ts'
import { NumberedPages } from '../ui/numbered-pages.tsx'
import type { Line } from './lines.ts'
import type { Column } from './table.ts'

const pageSize = 25

interface PreviewProps {
  readonly caption: string
  readonly lines: readonly Line[]
  readonly columns: readonly Column[]
}

/** What was understood of each line, and what is wrong with it. */
export function Preview({ caption, lines, columns }: PreviewProps) {
  const { number } = useFormats()
  const [only, setOnly] = useState('all')
  const [page, setPage] = useState(1)
  const faulty = lines.filter(({ problem }) => problem !== null)
  const shown = only === 'faulty' && faulty.length > 0 ? faulty : lines
  const pages = Math.max(1, Math.ceil(shown.length / pageSize))
  const at = Math.min(page, pages)
  return (
    <Stack gap="sm">
      {faulty.length > 0 && faulty.length < lines.length && (
        <SegmentedControl
          aria-label="Which lines are shown"
          value={only}
          onChange={(value) => {
            setOnly(value)
            setPage(1)
          }}
          data={[
            { value: 'all', label: `All: ${number(lines.length)}` },
            { value: 'faulty', label: `With a problem: ${number(faulty.length)}` },
          ]}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      <LinesTable caption={caption} lines={shown.slice((at - 1) * pageSize, at * pageSize)} columns={columns} />
      <NumberedPages
        label={`Pages of: ${caption}`}
        page={at}
        limit={pageSize}
        total={shown.length}
        onChange={setPage}
      />
    </Stack>
  )
}

/** Lines as a table, which scrolls within itself where there is no room. */
export function LinesTable({ caption, lines, columns }: PreviewProps) {
  const used = columns.filter(({ name }) => name === 'email' || lines.some(({ cells }) => cells[name] !== undefined))
  return (
    <Table.ScrollContainer
      minWidth={480}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': caption, role: 'region' } }}
    >
      <Table verticalSpacing={6} className="tabular">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={64}>
              Line
            </Table.Th>
            {used.map(({ name, label }) => (
              <Table.Th key={name} scope="col">
                {label}
              </Table.Th>
            ))}
            <Table.Th scope="col">What is wrong</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ line, cells, problem }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: several people may stand in one line, and none moves
            <Table.Tr key={`${line}-${place}`}>
              <Table.Td c="dimmed">{line}</Table.Td>
              {used.map(({ name }) => (
                <Table.Td key={name}>{cells[name] ?? ''}</Table.Td>
              ))}
              <Table.Td>{problem !== null && <Problem says={problem} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Problem({ says }: { readonly says: string }) {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" c="var(--mantine-color-error)">
      <CircleAlert size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Text size="sm">{says}</Text>
    </Group>
  )
}
