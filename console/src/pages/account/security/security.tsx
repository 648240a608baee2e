import { Stack } from '@mantine/core'
import { PasswordForm } from './password-form.tsx'

/** What guards the account. */
export function Security() {
  return (
    <Stack gap="lg">
      <PasswordForm />
    </Stack>
  )
}
