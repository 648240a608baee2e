import { Button, Group, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef } from 'react'
import { client } from '../../../client/client.ts'
import { faultsByField } from '../../../client/words.ts'
import { useDraft, useWarning } from '../../../ui/draft.ts'
import { Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'
import type { ChoicesInHand } from './choices.ts'
import { ChoicesFields } from './choices-fields.tsx'
import { invitationOf } from './send-invitations.ts'

const empty = { email: '', firstName: '', lastName: '' }
const fields = new Set([
  'email',
  'firstName',
  'lastName',
  'role',
  'expiresInDays',
  'organizationId',
  'organizationRole',
])

/** One person to invite. */
export function InvitationForm({ inHand }: { readonly inHand: ChoicesInHand }) {
  const { choices } = inHand
  const [draft, change, forget] = useDraft('invitation', empty)
  const address = useRef<HTMLInputElement>(null)
  const queries = useQueryClient()
  const navigate = useNavigate()
  useWarning(draft.email !== '')
  const invite = useMutation({
    mutationFn: ({ email, firstName, lastName }: typeof empty) => {
      const cells = { email, ...(firstName && { firstName }), ...(lastName && { lastName }) }
      return client.invitations.create(invitationOf({ cells }, choices))
    },
    onSuccess: async ({ email }) => {
      forget()
      tellDone(`${email} was invited.`)
      for (const noun of ['invitations', 'users']) void queries.invalidateQueries({ queryKey: [noun] })
      await navigate({ to: '/console/invitations' })
    },
    onError: () => address.current?.focus(),
  })
  const faults = faultsByField(invite.error)
  const isAllBeside = Object.keys(faults).length > 0 && Object.keys(faults).every((field) => fields.has(field))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate(draft)
  }
  const text = (name: keyof typeof empty) => ({
    value: draft[name],
    error: faults[name],
    autoComplete: 'off',
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => change({ [name]: value }),
  })
  return (
    <Paper withBorder p={{ base: 'md', sm: 'xl' }} maw={760}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {!isAllBeside && <Refused error={invite.error} />}
          <TextInput label="E-mail address" type="email" required ref={address} {...text('email')} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="First name" {...text('firstName')} />
            <TextInput label="Last name" {...text('lastName')} />
          </SimpleGrid>
          <ChoicesFields inHand={inHand} faults={faults} />
          <Group justify="flex-end">
            <Button type="submit" loading={invite.isPending}>
              Send the invitation
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
