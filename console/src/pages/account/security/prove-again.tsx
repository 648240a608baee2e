import { Stack, Text } from '@mantine/core'
import { ApiError } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { SignInForm } from '../../../doors/sign-in-form.tsx'
import { useMe } from '../../../session/session.tsx'
import { takeFocus } from '../../../ui/take-focus.ts'

/** Whether the server wants a fresh sign-in first. */
export function needsProof(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'PROOF_NEEDED'
}

/** Has somebody sign in again, for what a session that was left open must not be enough. The session that they had ends. */
export function ProveAgain({ onProved }: { readonly onProved: () => void }) {
  const { id, email } = useMe()
  const { data: left } = useQuery({
    queryKey: ['me', 'sessions', 'current'],
    queryFn: async ({ signal }) => {
      for await (const { id, current } of client.me.sessions.all({ limit: 100 }, { signal })) if (current) return id
      return null
    },
  })
  const proved = async () => {
    // A passkey alone may be somebody else's: then everything here is theirs from now on.
    const now = await client.me.get().catch(() => null)
    if (now !== null && now.id !== id) return location.reload()
    if (left) void client.me.sessions.revoke(left).catch(() => {})
    queries.removeQueries({ queryKey: ['me', 'sessions', 'current'] })
    onProved()
  }
  return (
    <Stack>
      <Text ref={takeFocus} tabIndex={-1}>
        Is it you? To change what guards your account, you have to have signed in within the last ten minutes. Sign in
        once more, and it goes on from here.
      </Text>
      <SignInForm {...(email === null ? {} : { email })} onSignedIn={() => void proved()} />
    </Stack>
  )
}
