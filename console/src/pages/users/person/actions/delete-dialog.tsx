import { List, Stack, Text } from '@mantine/core'
import { client } from '../../../../client/client.ts'
import { useRetention } from '../../../../session/retention.ts'
import { nameOf } from '../../../../session/session.tsx'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import { Closing } from './choice.tsx'
import type { DialogProps } from './open-dialog.tsx'
import { useAct } from './use-act.ts'

export function DeleteDialog({ close }: DialogProps) {
  const { user, etag } = useSubject()
  const { isSelf } = useRights()
  const name = nameOf(user)
  const forHowLong = useRetention()
  const remove = useAct(
    user.id,
    async () => {
      await client.users.delete(user.id, { ifMatch: etag ?? undefined })
      return `${name} is deleted.`
    },
    close,
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        remove.mutate()
      }}
    >
      <Stack>
        <Text>{isSelf ? 'You are about to delete your own account.' : `You are about to delete ${name}.`}</Text>
        <List size="sm" spacing={4}>
          <List.Item>They are signed out everywhere at once, and their API tokens are gone for good.</List.Item>
          <List.Item>Their address and their username are free for somebody else.</List.Item>
          <List.Item>
            An administrator can bring them back {forHowLong}, as long as both are still free: the entry of their
            deletion under “Activity” leads to them.
          </List.Item>
        </List>
        <Closing error={remove.error} isPending={remove.isPending} isGrave label="Delete" close={close} />
      </Stack>
    </form>
  )
}
