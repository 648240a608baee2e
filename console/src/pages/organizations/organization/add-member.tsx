import { Button, Combobox, Group, InputBase, Loader, Modal, Select, Stack, Text, useCombobox } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import type { Organization, OrganizationRole, User } from '@sudigital/client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { client } from '../../../client/client.ts'
import { explain } from '../../../client/words.ts'
import { nameOf } from '../../../session/session.tsx'
import { Person } from '../../../ui/person.tsx'
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
  const [user, setUser] = useState<User | null>(null)
  const [role, setRole] = useState<OrganizationRole>('member')
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: ({ id }: User) => client.organizations.members.set(organization.id, id, { role }),
    onSuccess: (member) => {
      tellDone(`${nameOf(member)} belongs to ${organization.name} by now.`)
      void queries.invalidateQueries({ queryKey: ['organization', organization.id] })
      void queries.invalidateQueries({ queryKey: ['me'] })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (user !== null) add.mutate(user)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Add a member to ${organization.name}`}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <PickUser user={user} onPick={setUser} />
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
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" disabled={user === null} loading={add.isPending}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface PickUserProps {
  readonly user: User | null
  readonly onPick: (user: User | null) => void
}

/** Finds somebody by a part of their name or address, while it is typed. */
function PickUser({ user, onPick }: PickUserProps) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 150)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const query = useQuery({
    queryKey: ['users', 'pick', search],
    queryFn: ({ signal }) => client.users.list({ search, limit: 8, count: false }, { signal }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })
  const found = search === '' ? [] : (query.data?.data ?? [])
  const pick = (id: string) => {
    const picked = found.find((one) => one.id === id)
    if (picked === undefined) return
    onPick(picked)
    setTyped(nameOf(picked))
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={pick} withinPortal={false}>
      <Combobox.Target>
        <InputBase
          label="Who"
          description="A part of the name or the address."
          placeholder="ada"
          value={typed}
          maxLength={100}
          rightSection={query.isFetching ? <Loader size="xs" aria-hidden /> : null}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value)
            if (user !== null) onPick(null)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          autoComplete="off"
          data-autofocus
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={search === '' || user !== null}>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label="People found">
          {found.map((one) => (
            <Combobox.Option value={one.id} key={one.id}>
              <Person person={one} />
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>
              <Text size="sm">
                {query.isError ? explain(query.error).title : query.isFetching ? 'Looking …' : 'Nobody is called that'}
              </Text>
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
