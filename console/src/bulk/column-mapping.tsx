import { NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core'
import { type Column, fullName, type Mapping, type Table } from './table.ts'

interface ColumnMappingProps {
  readonly table: Table
  readonly mapping: Mapping
  readonly columns: readonly Column[]
  readonly onChange: (mapping: Mapping) => void
}

/** What each column of a file is taken for, and what stands in it first. */
export function ColumnMapping({ table, mapping, columns, onChange }: ColumnMappingProps) {
  const choices = [
    { value: '', label: 'Leave out' },
    ...[...columns, fullName].map(({ name, label }) => ({ value: name, label })),
  ]
  const take = (place: number, column: string | null) =>
    onChange(mapping.map((taken, at) => (at === place ? column : taken === column ? null : taken)))
  return (
    <Stack gap="xs" component="fieldset" style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={550} p={0}>
        What the columns hold
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="md">
        {table.names.map((name, place) => (
          <NativeSelect
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name, and none moves
            key={place}
            label={name}
            description={<Sample text={table.lines[0]?.cells[place]} />}
            value={mapping[place] ?? ''}
            data={choices}
            onChange={({ currentTarget: { value } }) => take(place, value === '' ? null : value)}
          />
        ))}
      </SimpleGrid>
    </Stack>
  )
}

function Sample({ text = '' }: { readonly text: string | undefined }) {
  return (
    <Text span inherit truncate display="block">
      {text === '' ? 'empty in the first line' : `as in “${text}”`}
    </Text>
  )
}
