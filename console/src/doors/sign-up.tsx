import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { client } from '../client/client.ts'
import { aboutNoField, type Explanation, faultsByField } from '../client/words.ts'
import { NewPassword } from '../ui/new-password.tsx'
import { Refused } from '../ui/states.tsx'
import { Door, OtherDoors } from './door.tsx'
import { LookIntoMail } from './mail-doors.tsx'
import { explainSignIn } from './sign-in-words.ts'

const untyped = { firstName: '', lastName: '', email: '', password: '' }

/** For whoever wants an account. */
export function SignUp() {
  const form = useForm({ initialValues: untyped })
  const signUp = useMutation({
    mutationFn: (account: typeof untyped) => client.auth.register(account),
    onError: (error) => form.setErrors(faultsByField(error)),
  })
  return (
    <>
      {signUp.isSuccess ? (
        <LookIntoMail says="If this address can have an account here, a link is on its way to it. Follow it within three days, and your account is ready." />
      ) : (
        <Door title="Sign up" says="An account of your own. Your address is confirmed by a link in a mail.">
          <form onSubmit={form.onSubmit((account) => signUp.mutate(account))}>
            <Stack gap="md">
              <Refused error={aboutNoField(signUp.error)} words={explainSignUp} />
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <TextInput label="First name" autoComplete="given-name" required {...form.getInputProps('firstName')} />
                <TextInput label="Last name" autoComplete="family-name" required {...form.getInputProps('lastName')} />
              </SimpleGrid>
              <TextInput
                label="E-mail address"
                type="email"
                autoComplete="username"
                required
                {...form.getInputProps('email')}
              />
              <NewPassword label="Password" owner={form.values} required {...form.getInputProps('password')} />
              <Button type="submit" loading={signUp.isPending}>
                Sign up
              </Button>
            </Stack>
          </form>
        </Door>
      )}
      <OtherDoors to={['sign-in', 'forgot-password']} />
    </>
  )
}

function explainSignUp(error: unknown): Explanation {
  if (!(error instanceof ApiError) || error.code !== 'REGISTRATION_CLOSED') return explainSignIn(error)
  const says = 'Accounts are made by administrators. Ask one to invite you.'
  return { title: 'Nobody can sign up here', says, retryAfter: null, mayPass: false }
}
