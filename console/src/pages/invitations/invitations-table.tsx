import { Badge, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Invitation } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../client/client.ts'
import { nameOf } from '../../session/session.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Person, RoleBadge, When } from '../../ui/person.tsx'
import { tellDone, tellFailed } from '../../ui/told.ts'
import { useOrganizationChoices } from './organization-choices.ts'

/** Invitations, and what can be done with each. */
export function InvitationsTable({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const [revoked, setRevoked] = useState<Invitation | null>(null)
  const names = new Map(useOrganizationChoices().map(({ value, label }) => [value, label]))
  const isInto = invitations.some(({ organizationId }) => organizationId !== undefined)
  return (
    <>
      <Table.ScrollContainer
        minWidth={isInto ? 860 : 720}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Invitations, scrollable' } }}
      >
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Who</Table.Th>
              <Table.Th scope="col">State</Table.Th>
              <Table.Th scope="col">Role</Table.Th>
              {isInto && <Table.Th scope="col">Organization</Table.Th>}
              <Table.Th scope="col">Sent</Table.Th>
              <Table.Th scope="col">Until</Table.Th>
              <Table.Th scope="col">
                <VisuallyHidden>What can be done</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invitations.map((invitation) => (
              <Row
                key={invitation.id}
                invitation={invitation}
                organization={isInto ? (names.get(invitation.organizationId ?? '') ?? null) : undefined}
                onRevoke={() => setRevoked(invitation)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {revoked !== null && <Revoke invitation={revoked} onClose={() => setRevoked(null)} />}
    </>
  )
}

interface RowProps {
  readonly invitation: Invitation
  /** Null for none whose name is known; undefined where there is no column for it. */
  readonly organization: string | null | undefined
  readonly onRevoke: () => void
}

function Row({ invitation, organization, onRevoke }: RowProps) {
  const { state, role, sentAt } = invitation
  const isOpen = state === 'pending' || state === 'expired'
  const who = invitation.email ?? nameOf(invitation)
  return (
    <Table.Tr>
      <Table.Td>
        <Person person={invitation} />
      </Table.Td>
      <Table.Td>
        <StateBadge state={state} />
      </Table.Td>
      <Table.Td>
        <RoleBadge role={role} />
      </Table.Td>
      {organization !== undefined && (
        <Table.Td>
          <Into invitation={invitation} name={organization} />
        </Table.Td>
      )}
      <Table.Td>
        <When at={sentAt} />
      </Table.Td>
      <Table.Td>
        <Until invitation={invitation} />
      </Table.Td>
      <Table.Td>
        {isOpen && (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <Resend invitation={invitation} who={who} />
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              c="var(--mantine-color-error)"
              onClick={onRevoke}
              aria-label={`Revoke, of ${who}`}
            >
              Revoke
            </Button>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function Into({ invitation, name }: { readonly invitation: Invitation; readonly name: string | null }) {
  const { organizationId, organizationRole } = invitation
  if (organizationId === undefined) return <Text c="dimmed">none</Text>
  return (
    <Text size="sm">
      {name ?? 'another one'}
      {organizationRole === 'admin' && ', as admin'}
    </Text>
  )
}

const colors = { pending: 'orange', accepted: 'green', expired: 'gray', revoked: 'red' } as const

function StateBadge({ state }: { readonly state: Invitation['state'] }) {
  return (
    <Badge variant="light" color={colors[state]} tt="none">
      {state}
    </Badge>
  )
}

function Until({ invitation: { state, expiresAt, acceptedAt, revokedAt } }: { readonly invitation: Invitation }) {
  if (state === 'pending' || state === 'expired') return <When at={expiresAt} />
  return (
    <>
      over since <When at={state === 'accepted' ? acceptedAt : revokedAt} />
    </>
  )
}

function Resend({ invitation, who }: { readonly invitation: Invitation; readonly who: string }) {
  const queries = useQueryClient()
  const resend = useMutation({
    mutationFn: () => client.invitations.resend(invitation.id),
    onSuccess: () => {
      tellDone(`The invitation of ${who} was sent again.`)
      void queries.invalidateQueries({ queryKey: ['invitations'] })
    },
    onError: tellFailed,
  })
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={resend.isPending}
      onClick={() => resend.mutate()}
      aria-label={`Send again, to ${who}`}
    >
      Send again
    </Button>
  )
}

function Revoke({ invitation, onClose }: { readonly invitation: Invitation; readonly onClose: () => void }) {
  const queries = useQueryClient()
  const who = invitation.email ?? nameOf(invitation)
  const revoke = async () => {
    await client.invitations.revoke(invitation.id)
    tellDone(`The invitation of ${who} was revoked.`)
    for (const noun of ['invitations', 'users']) void queries.invalidateQueries({ queryKey: [noun] })
  }
  return (
    <Confirm title="Revoke this invitation" action="Revoke the invitation" onConfirm={revoke} onClose={onClose}>
      <Text>
        The link that was mailed to <strong>{who}</strong> will not work any more. An account that was made for the
        invitation is deleted for good with it. You can invite the address again at any time.
      </Text>
    </Confirm>
  )
}
