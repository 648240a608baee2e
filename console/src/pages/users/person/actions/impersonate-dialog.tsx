import { Alert, Button, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { client } from '../../../../client/client.ts'
import { queries } from '../../../../client/queries.ts'
import { useFormats } from '../../../../session/formats.ts'
import { nameOf } from '../../../../session/session.tsx'
import { CopyText } from '../../../../ui/copy.tsx'
import { DialogEnd, useHold } from '../../../../ui/dialog.tsx'
import { Refused } from '../../../../ui/states.tsx'
import { hindrancesOf, useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import type { DialogProps } from './open-dialog.tsx'

/** A token to act with in somebody's stead; it is shown once, and kept nowhere. */
export function ImpersonateDialog({ close }: DialogProps) {
  const { user } = useSubject()
  const { isSelf } = useRights()
  const formats = useFormats()
  const { impersonation: hindrance } = hindrancesOf(user, isSelf)
  const name = nameOf(user)
  const begin = useMutation({
    mutationFn: async () => {
      const { accessToken, expiresIn } = await client.users.impersonate(user.id)
      return { accessToken, until: new Date(Date.now() + expiresIn * 1000).toISOString() }
    },
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['user', user.id] }),
  })
  useHold(begin.isPending || begin.data !== undefined)
  if (begin.data === undefined) {
    return (
      <Stack>
        <Text>
          You get a token that sees and does what {name} may: for an application that uses this directory, or a request
          of your own, to find out what is wrong for them. It is good for 15 minutes, and ends when you sign out.
        </Text>
        <Text>
          Their activity says that you began, and names you in everything that is done with it. Passwords, addresses and
          second factors stay out of reach.
        </Text>
        <Refused error={begin.error} />
        {hindrance !== null && (
          <Alert variant="light" color="gray">
            {hindrance}.
          </Alert>
        )}
        <DialogEnd>
          <Button variant="default" onClick={close} disabled={begin.isPending}>
            Cancel
          </Button>
          <Button loading={begin.isPending} disabled={hindrance !== null} onClick={() => begin.mutate()}>
            Make a token
          </Button>
        </DialogEnd>
      </Stack>
    )
  }
  const { accessToken, until } = begin.data
  return (
    <Stack>
      <Alert color="yellow" variant="light" icon={<TriangleAlert aria-hidden />} title="Shown this once">
        Whoever has it acts as {name} until {formats.time(until)}. Send it as “Authorization: Bearer …”; this console
        stays signed in as you.
      </Alert>
      <Textarea label="Token" value={accessToken} readOnly autosize minRows={4} maxRows={6} ff="monospace" />
      <DialogEnd>
        <CopyText text={accessToken} />
        <Button onClick={close}>Done</Button>
      </DialogEnd>
    </Stack>
  )
}
