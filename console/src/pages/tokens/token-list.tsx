import { Badge, Button, Group, Paper, Pill, ScrollArea, Table, Text, VisuallyHidden } from '@mantine/core'
import type { ApiToken } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../client/client.ts'
import { When } from '../../ui/person.tsx'
import { Answered, Empty } from '../../ui/states.tsx'
import { permissionLabel } from './permissions.ts'
import { RevokeToken } from './revoke-token.tsx'

/** Nobody has more than fit on one page. */
const tokensMax = 100

/** The tokens of one person, newest first. */
export function TokenList({ userId, isOwn }: { readonly userId: string; readonly isOwn: boolean }) {
  const [revoked, setRevoked] = useState<ApiToken | null>(null)
  const query = useQuery({
    queryKey: ['tokens', userId],
    queryFn: ({ signal }) => client.tokens.list({ userId, limit: tokensMax }, { signal }),
  })
  return (
    <>
      <Answered query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty
              icon={KeyRound}
              title={isOwn ? 'You have no tokens' : 'They have no tokens'}
              says="Make one for each program that calls the API, so that you can revoke it alone."
            />
          ) : (
            <Paper withBorder>
              <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Tokens' }}>
                <TokenTable tokens={data} onRevoke={setRevoked} />
              </ScrollArea>
            </Paper>
          )
        }
      </Answered>
      {revoked !== null && <RevokeToken token={revoked} onClose={() => setRevoked(null)} />}
    </>
  )
}

interface TokenTableProps {
  readonly tokens: readonly ApiToken[]
  readonly onRevoke: (token: ApiToken) => void
}

function TokenTable({ tokens, onRevoke }: TokenTableProps) {
  return (
    <Table aria-label="API tokens" verticalSpacing="sm" horizontalSpacing="md" miw={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Name</Table.Th>
          <Table.Th scope="col">May</Table.Th>
          <Table.Th scope="col">Last used</Table.Th>
          <Table.Th scope="col">Expires</Table.Th>
          <Table.Th scope="col">
            <VisuallyHidden>What to do</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tokens.map((token) => (
          <Table.Tr key={token.id}>
            <Table.Th scope="row" miw={160}>
              <Text size="sm" fw={550}>
                {token.name}
              </Text>
              <Text size="xs" c="dimmed" fw={400}>
                Made <When at={token.createdAt} />
              </Text>
            </Table.Th>
            <Table.Td>
              <Pill.Group gap={4}>
                {token.permissions.map((permission) => (
                  <Pill key={permission}>{permissionLabel(permission)}</Pill>
                ))}
              </Pill.Group>
            </Table.Td>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              <When at={token.lastUsedAt} />
            </Table.Td>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              <Expiry at={token.expiresAt} />
            </Table.Td>
            <Table.Td ta="right">
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                aria-label={`Revoke ${token.name}`}
                onClick={() => onRevoke(token)}
              >
                Revoke
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const soonMs = 14 * 86_400_000

function Expiry({ at }: { readonly at: string }) {
  const left = Date.parse(at) - Date.now()
  return (
    <Group gap="xs" wrap="nowrap">
      <When at={at} />
      {left <= 0 && (
        <Badge variant="light" color="red" tt="none">
          expired
        </Badge>
      )}
      {left > 0 && left < soonMs && (
        <Badge variant="light" color="orange" tt="none">
          soon
        </Badge>
      )}
    </Group>
  )
}
