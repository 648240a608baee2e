import { Button, Center, Group, Stack } from '@mantine/core'
import { ApiError } from '@sudigital/client'
import { Navigate, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { forgetTokens } from '../client/client.ts'
import { explain } from '../client/words.ts'
import { Door } from '../doors/door.tsx'
import { Mark } from './mark.tsx'

/** In place of everything, while it cannot be told who is signed in: nobody any more, or the server cannot be asked. */
export function NotIn({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const [isLeaving, setLeaving] = useState(error instanceof ApiError && error.status === 401)
  useEffect(() => {
    addEventListener('online', retry)
    return () => removeEventListener('online', retry)
  }, [retry])
  if (isLeaving) return <ToSignIn />
  const { title, says } = explain(error)
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={440} gap="lg">
        <Group justify="center">
          <Mark />
        </Group>
        <Door title={title} says={says}>
          <Button onClick={retry}>Try again</Button>
          <Button variant="subtle" color="gray" onClick={() => setLeaving(true)}>
            Sign in as somebody else
          </Button>
        </Door>
      </Stack>
    </Center>
  )
}

/** And back to this page afterwards. */
function ToSignIn() {
  const router = useRouter()
  const [next] = useState(() => router.latestLocation.href)
  const [isForgotten, setForgotten] = useState(false)
  useEffect(() => {
    forgetTokens()
    setForgotten(true)
  }, [])
  return isForgotten ? <Navigate to="/console/sign-in" search={{ next }} replace /> : null
}
