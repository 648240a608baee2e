import { Button, Modal, Stack, Text } from '@mantine/core'
import type { Me } from '@sudigital/client'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { onTokens } from '../client/client.ts'
import { queries } from '../client/queries.ts'
import { loadTokens } from '../client/tokens.ts'
import { SignInForm } from '../doors/sign-in-form.tsx'
import { beginAnew } from './begin-anew.ts'
import { forgetEverything } from './forget.ts'
import { ownerOf } from './owner.ts'
import { isSigningOut } from './sign-out.ts'

/**
 * Asks whoever's session has ended to sign in again, over the page as it is: what they typed stays. When it is somebody else who signs in, here or in
 * another tab, the page is loaded anew: nothing of the one is left for the other.
 */
export function SessionEnded({ me: { id, email } }: { readonly me: Pick<Me, 'id' | 'email'> }) {
  const [hasEnded, setEnded] = useState(loadTokens() === null)
  const navigate = useNavigate()
  useEffect(
    () =>
      onTokens((tokens) => {
        const owner = tokens === null ? null : ownerOf(tokens)
        if (owner !== null && owner !== id) return beginAnew()
        setEnded(tokens === null && !isSigningOut())
      }),
    [id],
  )
  const leave = () => {
    void navigate({ to: '/console/sign-in', ignoreBlocker: true }).then(forgetEverything)
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
        <Button variant="subtle" color="gray" onClick={leave}>
          Leave this page and sign in as somebody else
        </Button>
      </Stack>
    </Modal>
  )
}
