import { Alert, Badge, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { aboutNoField, faultsByField } from '../../../client/words.ts'
import { useMe } from '../../../session/session.tsx'
import { Section } from '../../../ui/section.tsx'
import { Refused } from '../../../ui/states.tsx'
import { useWhyFixed } from '../may-change.ts'

const untyped = { email: '', password: '' }

/** Asks for another address, which counts once the link that is mailed there was followed. */
export function EmailForm() {
  const me = useMe()
  const whyFixed = useWhyFixed()
  const form = useForm({ initialValues: untyped })
  const change = useMutation({
    mutationFn: (asked: typeof untyped) => client.me.changeEmail(asked),
    onSuccess: () => {
      form.setValues(untyped)
      form.resetDirty(untyped)
      return queries.invalidateQueries({ queryKey: ['me', 'activity'] })
    },
    onError: (error) => form.setErrors(faultsByField(error)),
  })
  return (
    <Section title="E-mail address" says={whyFixed ?? 'You sign in with it, and mail about your account goes there.'}>
      <Group gap="xs" mb={whyFixed === null ? 'md' : 0}>
        <Text size="sm" fw={550}>
          {me.email ?? 'You have none.'}
        </Text>
        {me.email !== null && (
          <Badge variant="light" color={me.emailVerified ? 'green' : 'orange'} tt="none">
            {me.emailVerified ? 'confirmed' : 'not confirmed'}
          </Badge>
        )}
      </Group>
      {whyFixed === null && (
        <form noValidate onSubmit={form.onSubmit((asked) => change.mutate(asked))}>
          <Stack gap="md" maw={460}>
            <TextInput
              label="New address"
              type="email"
              autoComplete="email"
              required
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label="Your password"
              description="So that nobody else does this in your place."
              autoComplete="current-password"
              required
              visibilityToggleFocusable
              visibilityToggleButtonProps={{ 'aria-label': 'Show your password' }}
              {...form.getInputProps('password')}
            />
            <Refused error={aboutNoField(change.error)} />
            {change.isSuccess && (
              <Alert role="status" color="green" icon={<MailCheck aria-hidden />} title="A link is on its way">
                Follow the link in the mail to {change.variables.email}. Your address changes then, and not before.
              </Alert>
            )}
            <Group>
              <Button type="submit" variant="default" loading={change.isPending}>
                Send the link
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Section>
  )
}
