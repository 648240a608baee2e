import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { client } from '../client/client.ts'
import { aboutNoField, faultsByField } from '../client/words.ts'
import { Refused } from '../ui/states.tsx'
import { Door, OtherDoors } from './door.tsx'
import { explainSignIn } from './sign-in-words.ts'

/** For whoever cannot remember their password. */
export function ForgotPassword() {
  return (
    <>
      <MailDoor
        title="Forgot your password"
        says="Say which address you sign in with. A link by which you choose another password goes there."
        button="Send the link"
        ask={(email) => client.auth.forgotPassword({ email })}
        whoever="If an account has this address, a link is on its way to it. It is good for an hour."
      />
      <OtherDoors to={['sign-in', 'sign-up']} />
    </>
  )
}

/** For whoever has signed up and lost the mail. */
export function ResendVerification() {
  return (
    <>
      <MailDoor
        title="Confirm your address"
        says="Say which address you signed up with. The link that confirms it is sent there again."
        button="Send the link again"
        ask={(email) => client.auth.resendVerification({ email })}
        whoever="If this address waits to be confirmed, a link is on its way to it. It is good for three days."
      />
      <OtherDoors to={['sign-in', 'forgot-password']} />
    </>
  )
}

interface MailDoorProps {
  readonly title: string
  readonly says: string
  readonly button: string
  readonly ask: (email: string) => PromiseLike<unknown>
  /** What is so, whether anybody has the address or not. */
  readonly whoever: string
}

function MailDoor({ title, says, button, ask, whoever }: MailDoorProps) {
  const form = useForm({ initialValues: { email: '' } })
  const sending = useMutation({
    mutationFn: async ({ email }: { email: string }) => ask(email),
    onError: (error) => form.setErrors(faultsByField(error)),
  })
  if (sending.isSuccess) return <LookIntoMail says={whoever} />
  return (
    <Door title={title} says={says}>
      <form onSubmit={form.onSubmit((asked) => sending.mutate(asked))}>
        <Stack gap="md">
          <Refused error={aboutNoField(sending.error)} words={explainSignIn} />
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="email"
            required
            {...form.getInputProps('email')}
          />
          <Button type="submit" loading={sending.isPending}>
            {button}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}

/** What whoever has asked for mail is told, whoever they are. */
export function LookIntoMail({ says }: { readonly says: string }) {
  return (
    <Door title="Look into your mail" says={says}>
      Nothing there after some minutes? Look among unwanted mail, and whether the address was right.
    </Door>
  )
}
