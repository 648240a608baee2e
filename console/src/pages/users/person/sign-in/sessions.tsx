import { Badge, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Session } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { client } from '../../../../client/client.ts'
import { nameOf } from '../../../../session/session.tsx'
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx'
import { When } from '../../../../ui/person.tsx'
import { Section } from '../../../../ui/section.tsx'
import { Answered, Empty } from '../../../../ui/states.tsx'
import { tellFailed } from '../../../../ui/told.ts'
import { useAct } from '../actions/use-act.ts'
import { useDialog } from '../dialogs.ts'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'

/** Nobody has more of them. */
const sessionsMax = 100

export function Sessions() {
  const { user } = useSubject()
  const { show } = useDialog()
  const query = useQuery({
    queryKey: ['user', user.id, 'sessions'],
    queryFn: ({ signal }) => client.users.sessions.list(user.id, { limit: sessionsMax }, { signal }),
  })
  const some = (query.data?.data.length ?? 0) > 0
  return (
    <Section
      title="Sessions"
      says="Where they are signed in. A session that is ended is refused at once."
      actions={
        some && (
          <Button variant="default" onClick={() => show('end-sessions')}>
            End all sessions
          </Button>
        )
      }
    >
      <Answered query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={MonitorSmartphone} title="Signed in nowhere" says="A session begins when they sign in." />
          ) : (
            <SessionTable sessions={data} />
          )
        }
      </Answered>
      <EndAll />
    </Section>
  )
}

function SessionTable({ sessions }: { readonly sessions: readonly Session[] }) {
  const { user } = useSubject()
  const end = useAct(
    user.id,
    async (id: string) => {
      await client.users.sessions.revoke(user.id, id)
      return 'The session is over.'
    },
    () => {},
  )
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="sm" aria-label="Sessions">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Device</Table.Th>
            <Table.Th scope="col">Address</Table.Th>
            <Table.Th scope="col">Last use</Table.Th>
            <Table.Th scope="col">Signed in</Table.Th>
            <Table.Th scope="col" w={80}>
              <VisuallyHidden>End it</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map((session) => (
            <Table.Tr key={session.id}>
              <Table.Td>
                <Device session={session} />
              </Table.Td>
              <Table.Td className="tabular">{session.ip ?? 'unknown'}</Table.Td>
              <Table.Td>
                <When at={session.lastUsedAt} />
              </Table.Td>
              <Table.Td>
                <When at={session.createdAt} />
              </Table.Td>
              <Table.Td>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`End the session on ${session.device ?? 'an unknown device'}`}
                  loading={end.isPending && end.variables === session.id}
                  onClick={() => void end.mutateAsync(session.id).catch(tellFailed)}
                >
                  End
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Device({ session: { device, current, impersonator } }: { readonly session: Session }) {
  return (
    <Group gap={8}>
      <Text span size="sm">
        {device ?? 'Unknown device'}
      </Text>
      {current && (
        <Badge component="span" variant="light" color="green" tt="none">
          this one
        </Badge>
      )}
      {impersonator !== undefined && (
        <Badge component="span" variant="light" color="orange" tt="none">
          an administrator in their stead
        </Badge>
      )}
    </Group>
  )
}

/** Of one's own sessions, the one that asks stays. */
function EndAll() {
  const { user } = useSubject()
  const { isSelf } = useRights()
  const { open, close } = useDialog()
  const end = useAct(
    user.id,
    async () => {
      const { revoked } = await client.users.sessions.revokeAll(user.id, isSelf ? { keep: 'current' } : {})
      return revoked === 1 ? 'One session is over.' : `${revoked} sessions are over.`
    },
    close,
  )
  const leave = () => {
    end.reset()
    close()
  }
  return (
    <ConfirmDialog
      isOpen={open === 'end-sessions'}
      onClose={leave}
      title="End all sessions"
      says={
        isSelf
          ? 'You stay signed in here, and nowhere else.'
          : `${nameOf(user)} is signed out everywhere at once, and has to sign in again. API tokens stay.`
      }
      verb="End them"
      onConfirm={() => end.mutate()}
      isPending={end.isPending}
      error={end.error}
    />
  )
}
