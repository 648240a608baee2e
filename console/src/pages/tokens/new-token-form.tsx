import { Button, Checkbox, Fieldset, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { NewApiToken } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../../client/client.ts'
import { faultsByField } from '../../client/words.ts'
import { useMay } from '../../session/session.tsx'
import { DialogEnd, useHold } from '../../ui/dialog.tsx'
import { Refused } from '../../ui/states.tsx'
import { type Grantable, permissionGroups } from './permissions.ts'

interface NewTokenFormProps {
  readonly onMade: (made: NewApiToken) => void
  readonly onCancel: () => void
}

interface Values {
  readonly name: string
  readonly permissions: Grantable[]
  readonly days: string
}

const expiries = [
  { value: '7', label: 'In a week' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '180', label: 'In 180 days' },
  { value: '365', label: 'In a year' },
]

/** A little less than so many days, so that a clock that is late finds it within them. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000 - 60_000).toISOString()
}

/** What the token is called, what it is for, and for how long. */
export function NewTokenForm({ onMade, onCancel }: NewTokenFormProps) {
  const may = useMay()
  const queries = useQueryClient()
  const form = useForm<Values>({ initialValues: { name: '', permissions: [], days: '90' } })
  const make = useMutation({
    mutationFn: ({ name, permissions, days }: Values) =>
      client.tokens.create({ name, permissions, expiresAt: inDays(Number(days)) }),
    onSuccess: async (made) => {
      onMade(made)
      await queries.invalidateQueries({ queryKey: ['tokens'] })
    },
    onError: (error) => {
      const { expiresAt, ...faults } = faultsByField(error)
      form.setErrors(expiresAt === undefined ? faults : { ...faults, days: expiresAt })
    },
  })
  useHold(make.isPending)
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What the program is called that will use it"
          placeholder="Nightly export"
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label="What it may do" required {...form.getInputProps('permissions')}>
          <Stack gap="md" mt="xs">
            {permissionGroups(may).map(({ group, permissions }) => (
              <Fieldset key={group} legend={group}>
                <Stack gap="xs">
                  {permissions.map(({ name, label, says }) => (
                    <Checkbox key={name} value={name} label={label} description={says} />
                  ))}
                </Stack>
              </Fieldset>
            ))}
          </Stack>
        </Checkbox.Group>
        <Select label="Expires" data={expiries} allowDeselect={false} {...form.getInputProps('days')} />
        <Refused error={make.error} />
        {form.values.permissions.length === 0 && (
          <Text size="sm" c="dimmed">
            Choose at least one thing that it may do.
          </Text>
        )}
        <DialogEnd>
          <Button variant="default" onClick={onCancel} disabled={make.isPending}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending} disabled={form.values.permissions.length === 0}>
            Make the token
          </Button>
        </DialogEnd>
      </Stack>
    </form>
  )
}
