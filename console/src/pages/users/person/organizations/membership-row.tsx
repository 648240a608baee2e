import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core'
import type { Membership } from '@sudigital/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../../client/client.ts'
import { nameOf } from '../../../../session/session.tsx'
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx'
import { When } from '../../../../ui/person.tsx'
import { tellFailed } from '../../../../ui/told.ts'
import { useAct } from '../actions/use-act.ts'
import { useSubject } from '../subject.ts'

interface MembershipRowProps {
  readonly membership: Membership
  readonly manages: boolean
}

export function MembershipRow({ membership, manages }: MembershipRowProps) {
  const { id, name, role, since } = membership
  const [isLeaving, setLeaving] = useState(false)
  return (
    <div className="user-row">
      <div style={{ flex: '1 1 200px', minWidth: 0 }}>
        {manages ? (
          <Anchor component={Link} to={`/console/organizations/${id}` as string} size="sm" fw={550}>
            {name}
          </Anchor>
        ) : (
          <Text size="sm" fw={550}>
            {name}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {manages ? 'member' : role} since <When at={since} />
        </Text>
      </div>
      {manages && (
        <Group gap="xs" wrap="nowrap">
          <RoleIn membership={membership} />
          <Button variant="default" aria-label={`Remove from ${name}`} onClick={() => setLeaving(true)}>
            Remove
          </Button>
        </Group>
      )}
      <Leave membership={membership} isOpen={isLeaving} close={() => setLeaving(false)} />
    </div>
  )
}

function RoleIn({ membership: { id, name, role } }: { readonly membership: Membership }) {
  const { user } = useSubject()
  const change = useAct(
    user.id,
    async (wanted: Membership['role']) => {
      await client.organizations.members.set(id, user.id, { role: wanted })
      return `${nameOf(user)} is ${wanted === 'admin' ? 'an admin' : 'a member'} of ${name}.`
    },
    () => {},
  )
  return (
    <NativeSelect
      aria-label={`Role in ${name}`}
      data={[
        { value: 'member', label: 'Member' },
        { value: 'admin', label: 'Admin' },
      ]}
      value={change.isPending ? change.variables : role}
      disabled={change.isPending}
      onChange={({ currentTarget }) =>
        change.mutate(currentTarget.value === 'admin' ? 'admin' : 'member', { onError: tellFailed })
      }
    />
  )
}

interface LeaveProps {
  readonly membership: Membership
  readonly isOpen: boolean
  readonly close: () => void
}

function Leave({ membership: { id, name }, isOpen, close }: LeaveProps) {
  const { user } = useSubject()
  const leave = useAct(
    user.id,
    async () => {
      await client.organizations.members.remove(id, user.id)
      return `${nameOf(user)} belongs to ${name} no more.`
    },
    close,
  )
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      title={`Remove from ${name}`}
      says={`${nameOf(user)} loses at once what they may do and see in ${name}. Their account stays as it is.`}
      verb="Remove"
      onConfirm={() => leave.mutate()}
      isPending={leave.isPending}
      error={leave.error}
    />
  )
}
