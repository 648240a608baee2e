import { Button, Select, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Organization, OrganizationRole } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { client } from '../../../client/client.ts'
import { nameOf } from '../../../session/session.tsx'
import { Dialog, DialogEnd } from '../../../ui/dialog.tsx'
import { PickPerson } from '../../../ui/pick-person.tsx'
import { Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'

/** A button that opens the way into an organization for somebody who has an account. */
export function AddMember({ organization }: { readonly organization: Organization }) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<UserRoundPlus size={16} aria-hidden />} onClick={open}>
        Add a member
      </Button>
      {isOpen && <AddMemberDialog organization={organization} onClose={close} />}
    </>
  )
}

interface AddMemberDialogProps {
  readonly organization: Organization
  readonly onClose: () => void
}

function AddMemberDialog({ organization, onClose }: AddMemberDialogProps) {
  const [userId, setUserId] = useState<string | null>(null)
  const [role, setRole] = useState<OrganizationRole>('member')
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: (id: string) => client.organizations.members.set(organization.id, id, { role }),
    onSuccess: (member) => {
      tellDone(`${nameOf(member)} belongs to ${organization.name} now.`)
      void queries.invalidateQueries({ queryKey: ['organization', organization.id] })
      void queries.invalidateQueries({ queryKey: ['me'] })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (userId !== null) add.mutate(userId)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Add a member to ${organization.name}`}
      isHeld={add.isPending}
      // Who is found hangs out of it.
      styles={{ content: { overflow: 'visible' } }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <PickPerson
            label="Who"
            description="A part of the name or the address."
            placeholder="Type a name"
            value={userId}
            onPick={setUserId}
            isFirst
          />
          <Select
            label="Role there"
            value={role}
            onChange={(value) => value !== null && setRole(value as OrganizationRole)}
            data={[
              { value: 'member', label: 'Member' },
              { value: 'admin', label: 'Admin of the organization' },
            ]}
            allowDeselect={false}
          />
          <Refused error={add.error} />
          <DialogEnd>
            <Button variant="default" onClick={onClose} disabled={add.isPending}>
              Close
            </Button>
            <Button type="submit" disabled={userId === null} loading={add.isPending}>
              Add
            </Button>
          </DialogEnd>
        </Stack>
      </form>
    </Dialog>
  )
}
