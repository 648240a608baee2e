import { Stack } from '@mantine/core'
import { Factors } from './factors.tsx'
import { Sessions } from './sessions.tsx'

/** Where somebody is signed in, and what is asked of them besides their password. */
export function SignIn() {
  return (
    <Stack gap="lg">
      <Sessions />
      <Factors />
    </Stack>
  )
}
