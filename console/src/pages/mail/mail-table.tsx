import { Anchor, Box, Paper, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Mail } from '@sudigital/client'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { When } from '../../ui/person.tsx'
import { failureInWords, kindInWords } from './mail-words.ts'
import { MailState } from './state-badge.tsx'

interface MailTableProps {
  readonly label: string
  readonly mails: readonly Mail[]
  /** Whether they are in different states. */
  readonly showsState: boolean
  /** What can be done with each. */
  readonly action?: (mail: Mail) => ReactNode
}

/** Mail as a table; each leads to a page of its own. */
export function MailTable({ label, mails, showsState, action }: MailTableProps) {
  return (
    <Paper withBorder>
      <Table aria-label={label} verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Subject</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              To
            </Table.Th>
            {showsState && (
              <Table.Th scope="col" visibleFrom="sm">
                State
              </Table.Th>
            )}
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              When
            </Table.Th>
            {action !== undefined && (
              <Table.Th scope="col">
                <VisuallyHidden>What to do</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mails.map((mail) => (
            <Table.Tr key={mail.id}>
              <Table.Td>
                <Anchor component={Link} to={`/console/mail/${mail.id}`} size="sm" fw={550}>
                  {mail.subject}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {mail.state === 'dead' && mail.failure !== null
                    ? failureInWords(mail.failure)
                    : kindInWords(mail.kind)}
                </Text>
                <Box hiddenFrom="sm">
                  <Text size="xs">{mail.to}</Text>
                  {showsState && <MailState state={mail.state} />}
                </Box>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Text size="sm">{mail.to}</Text>
              </Table.Td>
              {showsState && (
                <Table.Td visibleFrom="sm">
                  <MailState state={mail.state} />
                </Table.Td>
              )}
              <Table.Td ta="right" visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
                <Text size="sm" c="dimmed" component="span">
                  <When at={mail.createdAt} />
                </Text>
              </Table.Td>
              {action !== undefined && <Table.Td ta="right">{action(mail)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
