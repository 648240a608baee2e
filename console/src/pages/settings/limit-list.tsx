import { Paper, Table, Text, Title } from '@mantine/core'
import type { LimitShown } from './limit-words.ts'

/** A group of the limits that are built in. */
export function LimitList({ group, limits }: { readonly group: string; readonly limits: readonly LimitShown[] }) {
  return (
    <Paper withBorder component="section" aria-label={`Limits: ${group}`}>
      <Title order={3} p="md">
        {group}
      </Title>
      <Table aria-label={`Limits: ${group}`} horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Limit</Table.Th>
            <Table.Th scope="col" ta="right">
              Value
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {limits.map(({ name, label, value }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                <Text size="sm">{label}</Text>
                <Text size="xs" c="dimmed" ff="monospace">
                  {name}
                </Text>
              </Table.Th>
              <Table.Td ta="right" className="tabular">
                {value}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
