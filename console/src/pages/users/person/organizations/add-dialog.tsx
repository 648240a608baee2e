import { NativeSelect, Select, Stack, Text } from '@mantine/core'
import type { Membership, Organization, OrganizationRole } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../../client/client.ts'
import { allOrganizations, choicesOf } from '../../../../session/organizations.ts'
import { nameOf } from '../../../../session/session.tsx'
import { Dialog } from '../../../../ui/dialog.tsx'
import { Answered } from '../../../../ui/states.tsx'
import { Closing } from '../actions/choice.tsx'
import { useAct } from '../actions/use-act.ts'
import { useDialog } from '../dialogs.ts'
import { useSubject } from '../subject.ts'

export function AddDialog({ without }: { readonly without: readonly Membership[] }) {
  const { open, close } = useDialog()
  const isOpen = open === 'add-organization'
  const query = useQuery({ ...allOrganizations, enabled: isOpen })
  return (
    <Dialog opened={isOpen} onClose={close} title="Add to an organization">
      <Answered query={query}>
        {(all) => (
          <AddForm
            offered={all.filter(({ id }) => !without.some((membership) => membership.id === id))}
            close={close}
          />
        )}
      </Answered>
    </Dialog>
  )
}

function AddForm({ offered, close }: { readonly offered: readonly Organization[]; readonly close: () => void }) {
  const { user } = useSubject()
  const [id, setId] = useState<string | null>(null)
  const [role, setRole] = useState<OrganizationRole>('member')
  const name = offered.find((one) => one.id === id)?.name
  const add = useAct(
    user.id,
    async () => {
      if (id === null) return null
      await client.organizations.members.set(id, user.id, { role })
      return `${nameOf(user)} belongs to ${name}.`
    },
    close,
  )
  if (offered.length === 0) return <Text>There is no organization that they do not belong to already.</Text>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Stack>
        <Select
          label="Organization"
          placeholder="Type a name"
          searchable
          data={choicesOf(offered)}
          value={id}
          onChange={setId}
          nothingFoundMessage="No organization is called that"
          limit={50}
        />
        <NativeSelect
          label="Role in it"
          data={[
            { value: 'member', label: 'Member' },
            { value: 'admin', label: 'Admin' },
          ]}
          value={role}
          onChange={({ currentTarget }) => setRole(currentTarget.value === 'admin' ? 'admin' : 'member')}
        />
        <Closing error={add.error} isPending={add.isPending} isDisabled={id === null} label="Add" close={close} />
      </Stack>
    </form>
  )
}
