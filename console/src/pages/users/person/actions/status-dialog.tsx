import { Stack, Text } from '@mantine/core'
import { client } from '../../../../client/client.ts'
import { nameOf } from '../../../../session/session.tsx'
import { useSubject } from '../subject.ts'
import { Closing } from './choice.tsx'
import type { DialogProps } from './open-dialog.tsx'
import { useAct } from './use-act.ts'

export function StatusDialog({ close }: DialogProps) {
  const { user, etag } = useSubject()
  const deactivates = user.status === 'active'
  const name = nameOf(user)
  const change = useAct(
    user.id,
    async () => {
      await client.users.update(
        user.id,
        { status: deactivates ? 'inactive' : 'active' },
        { ifMatch: etag ?? undefined },
      )
      return deactivates ? `${name} cannot sign in any more.` : `${name} is active.`
    },
    close,
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      <Stack>
        <Text>
          {deactivates
            ? `${name} cannot sign in any more, and whatever they are signed in with is refused at once. Nothing of theirs is lost: the account can be activated again.`
            : activates[user.status](name)}
        </Text>
        <Closing
          error={change.error}
          isPending={change.isPending}
          isGrave={deactivates}
          label={deactivates ? 'Deactivate' : 'Activate'}
          close={close}
        />
      </Stack>
    </form>
  )
}

const activates = {
  active: (name: string) => `${name} is active.`,
  inactive: (name: string) => `${name} can sign in again, with everything as it was.`,
  pending: (name: string) =>
    `${name} has not proved their address yet. Once the account is active they can sign in without that, if they have a password.`,
} as const
