import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { client } from '../client/client.ts'
import { aboutNoField, faultsByField } from '../client/words.ts'
import { forgetEverything } from '../session/forget.ts'
import { NewPassword } from '../ui/new-password.tsx'
import { Refused } from '../ui/states.tsx'
import { Door, OtherDoors } from './door.tsx'
import { explainSignIn } from './sign-in-words.ts'

/** Where the link leads that a new server prints: whoever has it becomes the first admin. */
export function SetUp() {
  const hash = useLocation({ select: ({ hash }) => hash })
  const token = new URLSearchParams(hash).get('token')
  if (token === null)
    return <NoWay says="A part of the link is missing. Open all of it as the server has printed it, up to its end." />
  return <SetUpForm token={token} />
}

const untyped = { firstName: '', lastName: '', email: '', password: '' }

function SetUpForm({ token }: { readonly token: string }) {
  const router = useRouter()
  const form = useForm({ initialValues: untyped })
  const setUp = useMutation({
    mutationFn: async ({ email, password, ...names }: typeof untyped) => {
      await client.auth.setUp({ token, email, password, ...typed(names) })
      // Nobody is signed in by the link; but they have just said how they would.
      await Promise.resolve(client.auth.login({ email, password })).catch(() => {})
    },
    onSuccess: () => {
      forgetEverything()
      return router.navigate({ to: '/console', replace: true })
    },
    onError: (error) => form.setErrors(faultsByField(error)),
  })
  if (setUp.error instanceof ApiError && setUp.error.code === 'INVALID_TOKEN') return <NoWay says={over} />
  return (
    <Door title="Set up Roster" says="This directory has no admin yet. You are going to be the first.">
      <form onSubmit={form.onSubmit((admin) => setUp.mutate(admin))}>
        <Stack gap="md">
          <Refused error={aboutNoField(setUp.error)} words={explainSignIn} />
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('firstName')} />
            <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('lastName')} />
          </SimpleGrid>
          <NewPassword label="Password" owner={form.values} required {...form.getInputProps('password')} />
          <Button type="submit" loading={setUp.isPending}>
            Become the first admin
          </Button>
        </Stack>
      </form>
    </Door>
  )
}

/** What was left empty is not sent. */
function typed<Names extends Record<string, string>>(names: Names): Partial<Names> {
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== '')) as Partial<Names>
}

const over =
  'It works once, for half an hour, and only until the directory has an admin. If there is one, sign in. If not, start the server again: it prints another link.'

function NoWay({ says }: { readonly says: string }) {
  return (
    <>
      <Door title="This link leads nowhere" says={says}>
        {null}
      </Door>
      <OtherDoors to={['sign-in']} />
    </>
  )
}
