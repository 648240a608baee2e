import { Anchor, Box, Paper, Table, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { When } from '../../ui/person.tsx'
import { accountOf, detailOf, doerOf, type NamedEntry } from './entries.ts'

interface EntryRowsProps {
  readonly entries: readonly NamedEntry[]
  readonly label: string
  /** Whether accounts lead to the page of their user. */
  readonly linksToUsers: boolean
  readonly onOpen?: (id: string) => void
}

/** Entries of the audit log as a table; on a phone, who stands below what. */
export function EntryRows({ entries, label, linksToUsers, onOpen }: EntryRowsProps) {
  return (
    <Paper withBorder>
      <Table aria-label={label} verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              Account
            </Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              By
            </Table.Th>
            <Table.Th scope="col" visibleFrom="lg">
              Address
            </Table.Th>
            <Table.Th scope="col" ta="right">
              When
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} linksToUsers={linksToUsers} onOpen={onOpen} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}

function EntryRow({
  entry,
  linksToUsers,
  onOpen,
}: Pick<EntryRowsProps, 'linksToUsers'> & {
  readonly entry: NamedEntry
  readonly onOpen: EntryRowsProps['onOpen']
}) {
  const { id, description, metadata, createdAt } = entry
  const detail = detailOf(entry)
  return (
    <Table.Tr>
      <Table.Td>
        {onOpen === undefined ? (
          <Text size="sm" fw={550}>
            {description}
          </Text>
        ) : (
          <UnstyledButton onClick={() => onOpen(id)}>
            <Text size="sm" fw={550} td="underline" style={{ textDecorationStyle: 'dotted', textUnderlineOffset: 4 }}>
              {description}
              <VisuallyHidden>: details</VisuallyHidden>
            </Text>
          </UnstyledButton>
        )}
        {detail !== null && (
          <Text size="xs" c="dimmed">
            {detail}
          </Text>
        )}
        <Box hiddenFrom="sm">
          <Text size="xs" component="div">
            <Account entry={entry} linksToUsers={linksToUsers} />
          </Text>
        </Box>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Account entry={entry} linksToUsers={linksToUsers} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm" c={metadata.actor === null || metadata.actor === entry.userId ? 'dimmed' : ''}>
          {doerOf(entry)}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Text size="sm" c="dimmed" className="tabular">
          {metadata.ip ?? '–'}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        <Text size="sm" c="dimmed" component="span" style={{ whiteSpace: 'nowrap' }}>
          <When at={createdAt} />
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

function Account({ entry, linksToUsers }: { readonly entry: NamedEntry; readonly linksToUsers: boolean }) {
  const name = accountOf(entry)
  if (entry.account === null) {
    return (
      <Text inherit c="dimmed">
        {name}
      </Text>
    )
  }
  if (!linksToUsers) return <Text inherit>{name}</Text>
  return (
    <Anchor component={Link} inherit to={`/console/users/${entry.userId}`}>
      {name}
    </Anchor>
  )
}
