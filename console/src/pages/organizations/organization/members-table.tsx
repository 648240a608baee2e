import { Anchor, Button, NativeSelect, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Member, Organization, OrganizationRole } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../client/client.ts'
import { nameOf, useMay, useMe } from '../../../session/session.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Person, StatusBadge, When } from '../../../ui/person.tsx'
import { tellDone, tellFailed } from '../../../ui/told.ts'

interface MembersTableProps {
  readonly organization: Organization
  readonly members: readonly Member[]
}

/** Members, what they are there, and the way out. */
export function MembersTable({ organization, members }: MembersTableProps) {
  const [leaving, setLeaving] = useState<Member | null>(null)
  return (
    <>
      <Table.ScrollContainer
        minWidth={640}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Members, scrollable' } }}
      >
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Who</Table.Th>
              <Table.Th scope="col">Account</Table.Th>
              <Table.Th scope="col">Role here</Table.Th>
              <Table.Th scope="col">Since</Table.Th>
              <Table.Th scope="col">
                <VisuallyHidden>What can be done</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <Row
                key={member.userId}
                organization={organization}
                member={member}
                onRemove={() => setLeaving(member)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {leaving !== null && <Remove organization={organization} member={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

interface RowProps {
  readonly organization: Organization
  readonly member: Member
  readonly onRemove: () => void
}

function Row({ organization, member, onRemove }: RowProps) {
  const mayOpen = useMay()('users:list')
  const who = nameOf(member)
  return (
    <Table.Tr>
      <Table.Td>
        {mayOpen ? (
          <Anchor component={Link} to={`/console/users/${member.userId}`} c="inherit" underline="never">
            <Person person={member} />
          </Anchor>
        ) : (
          <Person person={member} />
        )}
      </Table.Td>
      <Table.Td>
        <StatusBadge status={member.status} />
      </Table.Td>
      <Table.Td>
        <RoleThere organization={organization} member={member} />
      </Table.Td>
      <Table.Td>
        <When at={member.since} />
      </Table.Td>
      <Table.Td ta="right">
        <Button
          variant="subtle"
          size="compact-sm"
          c="var(--mantine-color-error)"
          onClick={onRemove}
          aria-label={`Remove ${who}`}
        >
          Remove
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

function RoleThere({ organization: { id }, member }: Omit<RowProps, 'onRemove'>) {
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (role: OrganizationRole) => client.organizations.members.set(id, member.userId, { role }),
    onSuccess: ({ role }) =>
      tellDone(`${nameOf(member)} is ${role === 'admin' ? 'an admin' : 'a member'} of it by now.`),
    onError: tellFailed,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['organization', id] })
      void queries.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <NativeSelect
      aria-label={`Role of ${nameOf(member)} here`}
      size="xs"
      w={110}
      value={change.isPending ? change.variables : member.role}
      disabled={change.isPending}
      onChange={({ currentTarget: { value } }) => change.mutate(value as OrganizationRole)}
      data={[
        { value: 'member', label: 'Member' },
        { value: 'admin', label: 'Admin' },
      ]}
    />
  )
}

interface RemoveProps {
  readonly organization: Organization
  readonly member: Member
  readonly onClose: () => void
}

function Remove({ organization, member, onClose }: RemoveProps) {
  const queries = useQueryClient()
  const isMe = useMe().id === member.userId
  const who = nameOf(member)
  const remove = async () => {
    await client.organizations.members.remove(organization.id, member.userId)
    tellDone(isMe ? `You have left ${organization.name}.` : `${who} was removed.`)
    void queries.invalidateQueries({ queryKey: ['organization', organization.id] })
    void queries.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <Confirm
      title={isMe ? 'Leave this organization' : 'Remove this member'}
      action={isMe ? 'Leave it' : 'Remove the member'}
      onConfirm={remove}
      onClose={onClose}
    >
      <Text>
        <strong>{isMe ? 'You' : who}</strong> will not belong to <strong>{organization.name}</strong> any more, from the
        next request on. The account itself stays as it is.
      </Text>
    </Confirm>
  )
}
