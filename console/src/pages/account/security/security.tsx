import { Stack } from '@mantine/core'
import { Factors } from './factors.tsx'
import { PasswordForm } from './password-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** What guards the account. */
export function Security() {
  return (
    <Stack gap="lg">
      <PasswordForm />
      <Factors />
      <RecoveryCodes />
    </Stack>
  )
}
