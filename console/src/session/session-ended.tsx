import { Button, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { onTokens } from '../client/client.ts'
import { queries } from '../client/queries.ts'
import { loadTokens } from '../client/tokens.ts'
import { SignInForm } from '../doors/sign-in-form.tsx'
import { isSigningOut } from './sign-out.ts'

/** Asks whoever's session has ended to sign in again, over the page as it is: what they typed stays. */
export function SessionEnded({ email }: { readonly email: string | null }) {
  const [hasEnded, setEnded] = useState(loadTokens() === null)
  const navigate = useNavigate()
  useEffect(() => onTokens((tokens) => setEnded(tokens === null && !isSigningOut())), [])
  const leave = () => {
    queries.clear()
    void navigate({ to: '/console/sign-in' })
  }
  return (
    <Modal
      opened={hasEnded}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session has ended"
      centered
    >
      <Stack>
        <Text>Sign in again to go on where you were. Nothing that you typed is lost.</Text>
        <SignInForm {...(email === null ? {} : { email })} onSignedIn={() => void queries.invalidateQueries()} />
        <Button variant="subtle" onClick={leave}>
          Sign in as somebody else
        </Button>
      </Stack>
    </Modal>
  )
}
