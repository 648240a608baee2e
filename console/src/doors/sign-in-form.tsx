import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { client } from '../client/client.ts'
import { Refused } from '../ui/states.tsx'

interface SignInFormProps {
  /** The address, where it is known already and cannot be another one. */
  readonly email?: string
  readonly onSignedIn: () => void
}

/** Asks for address and password, and for the second factor of whoever has one. */
export function SignInForm({ email = '', onSignedIn }: SignInFormProps) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { email, password: '' } })
  const signIn = useMutation({
    mutationFn: (credentials: { email: string; password: string }) => client.auth.login(credentials),
    onSuccess: (signedIn) => {
      if (!('challenge' in signedIn)) onSignedIn()
    },
  })
  return (
    <form onSubmit={form.onSubmit((credentials) => signIn.mutate(credentials))}>
      <Stack gap="md">
        <Refused error={signIn.error} />
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          readOnly={email !== ''}
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
