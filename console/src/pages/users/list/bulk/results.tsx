import { ScrollArea, Stack, Table, Text } from '@mantine/core'
import { useFormats } from '../../../../session/formats.ts'
import { nameOf } from '../../../../session/session.tsx'
import { peopleIn } from './named.tsx'
import type { Report } from './use-bulk.ts'

const shownMax = 200

/** Who was left as they were, and why. */
export function Results({ refused }: Pick<Report, 'refused'>) {
  const { number } = useFormats()
  if (refused.length === 0) return null
  const more = refused.length - shownMax
  return (
    <Stack gap="xs">
      <Text fw={550}>{`Left as they were: ${peopleIn(refused.length, number)}`}</Text>
      <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table aria-label="Left as they were" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Person</Table.Th>
              <Table.Th scope="col">Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {refused.slice(0, shownMax).map(({ person, why }) => (
              <Table.Tr key={person.id}>
                <Table.Td>{nameOf(person)}</Table.Td>
                <Table.Td>{why}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {more > 0 && <Text size="sm" c="dimmed">{`and ${number(more)} more`}</Text>}
    </Stack>
  )
}
