import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { makePasskey } from '../../../client/passkeys.ts'
import { aboutNoField, faultsByField } from '../../../client/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'
import { factorsChanged } from './factors-query.ts'
import { needsProof, ProveAgain } from './prove-again.tsx'
import { ShownCodes } from './shown-codes.tsx'

interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Has the device make a passkey, and keeps what the server needs of it. */
export function AddPasskeyDialog({ isOpen, onClose }: DialogProps) {
  return (
    <Dialog opened={isOpen} onClose={onClose} title="Add a passkey" closeOnClickOutside={false}>
      <Steps onClose={onClose} />
    </Dialog>
  )
}

function Steps({ onClose }: Pick<DialogProps, 'onClose'>) {
  const form = useForm({ initialValues: { name: 'Passkey' } })
  const add = useMutation({
    mutationFn: async (name: string) => {
      const credential = await makePasskey(await client.me.factors.offerPasskey())
      return client.me.factors.addPasskey({ name, credential })
    },
    onSuccess: ({ factor, recoveryCodes }) => {
      if (recoveryCodes === null) {
        tellDone(`“${factor.name}” can sign you in from now on.`)
        onClose()
      }
      return factorsChanged()
    },
    onError: (error) => form.setErrors(faultsByField(error)),
  })
  if (needsProof(add.error)) return <ProveAgain onProved={() => add.mutate(form.values.name)} />
  if (add.data?.recoveryCodes) return <ShownCodes codes={add.data.recoveryCodes} onDone={onClose} />
  return (
    <form onSubmit={form.onSubmit(({ name }) => add.mutate(name))}>
      <Stack>
        <Text size="sm">
          Your device asks for your finger, face or PIN, or for a security key. It keeps the passkey; this server learns
          nothing by which anybody could sign in.
        </Text>
        <TextInput
          label="What you call it"
          description="Such as the device that keeps it."
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Refused error={aboutNoField(add.error)} />
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
