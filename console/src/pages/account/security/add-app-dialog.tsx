import { Anchor, Button, Code, CopyButton, Group, Image, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ResultOf } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { faultsByField } from '../../../client/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Refused } from '../../../ui/states.tsx'
import { takeFocus } from '../../../ui/take-focus.ts'
import { tellDone } from '../../../ui/told.ts'
import { factorsChanged } from './factors-query.ts'
import { needsProof, ProveAgain } from './prove-again.tsx'
import { ShownCodes } from './shown-codes.tsx'

interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Sets up an authenticator app: a name, the secret as a picture, a code that shows that it works. */
export function AddAppDialog({ isOpen, onClose }: DialogProps) {
  return (
    <Dialog opened={isOpen} onClose={onClose} title="Add an authenticator app" closeOnClickOutside={false}>
      <Steps onClose={onClose} />
    </Dialog>
  )
}

function Steps({ onClose }: Pick<DialogProps, 'onClose'>) {
  const enrol = useMutation({ mutationFn: (name: string) => client.me.factors.enrolTotp({ name }) })
  const confirm = useMutation({
    mutationFn: (code: string) => client.me.factors.confirmTotp({ code }),
    onSuccess: ({ recoveryCodes }) => {
      if (recoveryCodes === null) {
        tellDone('Your authenticator app is asked for at sign-in from now on.')
        onClose()
      }
      return factorsChanged()
    },
  })
  if (needsProof(enrol.error)) return <ProveAgain onProved={() => enrol.mutate(enrol.variables ?? '')} />
  if (confirm.data?.recoveryCodes) return <ShownCodes codes={confirm.data.recoveryCodes} onDone={onClose} />
  if (enrol.data === undefined)
    return (
      <NameForm
        first={enrol.variables ?? 'Authenticator app'}
        error={enrol.error}
        isPending={enrol.isPending}
        onName={(name) => enrol.mutate(name)}
      />
    )
  return (
    <CodeForm
      enrolment={enrol.data}
      error={confirm.error}
      isPending={confirm.isPending}
      onCode={(code) => confirm.mutate(code)}
    />
  )
}

interface NameFormProps {
  /** What stands there first. */
  readonly first: string
  readonly error: unknown
  readonly isPending: boolean
  readonly onName: (name: string) => void
}

function NameForm({ first, error, isPending, onName }: NameFormProps) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: first } })
  return (
    <form onSubmit={form.onSubmit(({ name }) => onName(name))}>
      <Stack>
        <Text size="sm">
          Any app for codes of six digits does. You will scan a picture with it, so have your phone at hand.
        </Text>
        <TextInput
          label="What you call it"
          required
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
          error={faultsByField(error).name}
        />
        {faultsByField(error).name === undefined && <Refused error={error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={isPending}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface CodeFormProps {
  readonly enrolment: ResultOf<'enrolTotp'>
  readonly error: unknown
  readonly isPending: boolean
  readonly onCode: (code: string) => void
}

function CodeForm({ enrolment: { qr, secret, uri }, error, isPending, onCode }: CodeFormProps) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' } })
  const fault = faultsByField(error).code
  return (
    <form onSubmit={form.onSubmit(({ code }) => onCode(code))}>
      <Stack>
        <Text size="sm">Scan this with the app. It then shows a code, which changes every half minute.</Text>
        {/* An SVG of the server, as a picture: nothing in it could run. White around it in the dark, too, or cameras do not find it. */}
        <Image
          src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
          alt="QR code for the authenticator app"
          w={208}
          h={208}
          p={8}
          mx="auto"
          bg="white"
        />
        <div>
          <Text size="xs" c="dimmed">
            Is the app on this device?{' '}
            <Anchor href={uri} underline="always" inherit>
              Open it there
            </Anchor>
            . No camera? Type this into the app:
          </Text>
          <Group gap="xs" justify="space-between">
            <Code fz="sm">{secret.match(/.{1,4}/g)?.join(' ')}</Code>
            <CopyButton value={secret}>
              {({ copied, copy }) => (
                <Button variant="subtle" size="compact-sm" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          </Group>
        </div>
        <TextInput
          label="The code that the app shows"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          ref={takeFocus}
          maw={300}
          key={form.key('code')}
          {...form.getInputProps('code')}
          error={fault}
        />
        {fault === undefined && <Refused error={error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={isPending}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
