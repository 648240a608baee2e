import { Button, Group, Paper, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { NewUser, Role, Status } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../client/client.ts'
import { faultsByField } from '../../client/words.ts'
import { nameOf } from '../../session/session.tsx'
import { useDraft, useWarning } from '../../ui/draft.ts'
import { NewPassword } from '../../ui/new-password.tsx'
import { Refused } from '../../ui/states.tsx'
import { tellDone } from '../../ui/told.ts'
import { roleChoices, statusChoices } from './choices.ts'

const empty = {
  email: '',
  username: '',
  firstName: '',
  lastName: '',
  password: '',
  avatar: '',
  role: 'user' as Role,
  status: 'pending' as Status,
}
type Draft = typeof empty

/** One person, with everything that can be said of somebody new. */
export function NewUserForm() {
  const [draft, change, forget] = useDraft<Draft>('new-user', empty)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<Draft>({ mode: 'controlled', initialValues: draft, onValuesChange: change })
  useWarning(form.isDirty() || draft.email !== '')
  const create = useMutation({
    mutationFn: (values: Draft) => client.users.create(newUserOf(values)),
    onSuccess: async (user) => {
      forget()
      tellDone(`${nameOf(user)} was added.`)
      void queries.invalidateQueries({ queryKey: ['users'] })
      await navigate({ to: `/console/users/${user.id}` })
    },
    onError: (error) => form.setErrors(faultsByField(error)),
  })
  const faults = faultsByField(create.error)
  const isAllBeside = Object.keys(faults).length > 0 && Object.keys(faults).every((field) => field in empty)
  return (
    <Paper withBorder p={{ base: 'md', sm: 'xl' }} maw={720}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        <Stack gap="md">
          {!isAllBeside && <Refused error={create.error} />}
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="First name" required autoComplete="off" {...form.getInputProps('firstName')} />
            <TextInput label="Last name" required autoComplete="off" {...form.getInputProps('lastName')} />
          </SimpleGrid>
          <TextInput label="E-mail address" type="email" required autoComplete="off" {...form.getInputProps('email')} />
          <TextInput
            label="Username"
            description="If they are to sign in by a name, too."
            autoComplete="off"
            {...form.getInputProps('username')}
          />
          <NewPassword label="Password" required owner={form.values} {...form.getInputProps('password')} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select label="Role" data={roleChoices} allowDeselect={false} {...form.getInputProps('role')} />
            <Select
              label="What they get"
              data={statusChoices}
              allowDeselect={false}
              {...form.getInputProps('status')}
            />
          </SimpleGrid>
          <TextInput
            label="Picture"
            description="The address of a picture elsewhere. They can upload one themselves, too."
            type="url"
            autoComplete="off"
            {...form.getInputProps('avatar')}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending}>
              Add this person
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

function newUserOf({ username, avatar, ...user }: Draft): NewUser {
  return { ...user, ...(username === '' ? {} : { username }), ...(avatar === '' ? {} : { avatar }) }
}
