import { Anchor, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError, type HalfSignIn } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { client } from '../client/client.ts'
import { Refused } from '../ui/states.tsx'
import { hasPasskeys, signInByPasskey } from './passkey.ts'
import { SecondStep } from './second-step.tsx'
import { explainSignIn } from './sign-in-words.ts'

interface SignInFormProps {
  /** The address, where it is known already and cannot be another one. */
  readonly email?: string
  readonly onSignedIn: () => void
}

/** Asks for address and password, and for the second factor of whoever has one; or for a passkey alone. */
export function SignInForm({ email = '', onSignedIn }: SignInFormProps) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { email, password: '' } })
  const [challenge, setChallenge] = useState<HalfSignIn['challenge'] | null>(null)
  const [over, setOver] = useState<unknown>(null)
  const signIn = useMutation({
    mutationFn: (credentials: { email: string; password: string }) => client.auth.login(credentials),
    onMutate: () => setOver(null),
    onSuccess: (signedIn) => ('challenge' in signedIn ? setChallenge(signedIn.challenge) : onSignedIn()),
  })
  const byPasskey = useMutation({
    mutationFn: () => signInByPasskey(),
    onMutate: () => {
      setOver(null)
      signIn.reset()
    },
    onSuccess: onSignedIn,
  })
  const submit = (credentials: { email: string; password: string }) => {
    byPasskey.reset()
    signIn.mutate(credentials)
  }
  const beginAnew = (why: unknown) => {
    form.setFieldValue('password', '')
    setOver(why)
    setChallenge(null)
  }
  if (challenge !== null) return <SecondStep challenge={challenge} onSignedIn={onSignedIn} onOver={beginAnew} />
  const refusal = over ?? signIn.error ?? byPasskey.error
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <Refused error={refusal} words={explainSignIn} more={<WayOut error={refusal} />} />
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
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
        {hasPasskeys && (
          <>
            <Divider label="or" />
            <Button
              variant="default"
              leftSection={<KeyRound size={16} aria-hidden />}
              loading={byPasskey.isPending}
              onClick={() => byPasskey.mutate()}
            >
              Sign in with a passkey
            </Button>
          </>
        )}
      </Stack>
    </form>
  )
}

/** Where somebody goes on who cannot get in this way. */
function WayOut({ error }: { readonly error: unknown }) {
  if (!(error instanceof ApiError)) return null
  if (error.code === 'ACCOUNT_INACTIVE') return <Way to="/console/resend-verification">Have the link sent again</Way>
  if (error.code === 'INVALID_CREDENTIALS') return <Way to="/console/forgot-password">Choose another password</Way>
  return null
}

function Way({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Anchor component={Link} to={to} inherit c="inherit" td="underline" display="block" mt="xs">
      {children}
    </Anchor>
  )
}
