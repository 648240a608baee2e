import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { aboutNoField, faultsByField } from '../../../client/words.ts'
import { useMe } from '../../../session/session.tsx'
import { NewPassword } from '../../../ui/new-password.tsx'
import { Section } from '../../../ui/section.tsx'
import { Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'

const untyped = { currentPassword: '', newPassword: '' }

/** Exchanges the password, for which the present one is asked. */
export function PasswordForm() {
  const me = useMe()
  const form = useForm({ initialValues: untyped })
  const change = useMutation({
    mutationFn: (passwords: typeof untyped) => client.me.changePassword(passwords),
    onSuccess: () => {
      form.setValues(untyped)
      form.resetDirty()
      tellDone('Your password is changed. Wherever else you were signed in, you are not any more.')
      return queries.invalidateQueries({ queryKey: ['me', 'sessions'] })
    },
    onError: (error) => form.setErrors(faultsByField(error)),
  })
  return (
    <Section title="Password" says="Changing it signs you out everywhere else. This browser stays signed in.">
      <form noValidate onSubmit={form.onSubmit((passwords) => change.mutate(passwords))}>
        <Stack gap="md" maw={460}>
          {/* Password managers look for the account that a new password is of. */}
          <input type="text" autoComplete="username" value={me.email ?? ''} readOnly hidden />
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            required
            visibilityToggleFocusable
            visibilityToggleButtonProps={{ 'aria-label': 'Show the current password' }}
            {...form.getInputProps('currentPassword')}
          />
          <NewPassword owner={me} required {...form.getInputProps('newPassword')} />
          <Refused error={aboutNoField(change.error)} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              Change the password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
