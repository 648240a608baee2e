import { Avatar, Button, Group, Stack, Text } from '@mantine/core'
import { client } from '../../../../client/client.ts'
import { nameOf } from '../../../../session/session.tsx'
import { shownPicture } from '../../../../ui/person.tsx'
import { Refused } from '../../../../ui/states.tsx'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import type { DialogProps } from './open-dialog.tsx'
import { useAct } from './use-act.ts'

/** The picture as large as it fits, and a way to take it away. A new one is uploaded by whoever it shows. */
export function PictureDialog({ close }: DialogProps) {
  const { user } = useSubject()
  const { edits, isSelf } = useRights()
  const name = nameOf(user)
  const shown = shownPicture(user.avatar)
  const remove = useAct(
    user.id,
    async () => {
      await client.users.avatar.delete(user.id)
      return 'The picture is removed.'
    },
    close,
  )
  return (
    <Stack align="center">
      <Avatar src={shown} name={name} color="initials" alt={`Picture of ${name}`} size={240} radius="md" />
      <Text size="sm" c="dimmed" ta="center">
        {saidOf(user.avatar, shown)} {isSelf ? 'You upload one in your account.' : 'Only they can upload one.'}
      </Text>
      <Refused error={remove.error} />
      <Group justify="flex-end" w="100%">
        <Button variant="default" onClick={close}>
          Close
        </Button>
        {edits && user.avatar !== null && (
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove the picture
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function saidOf(avatar: string | null, shown: string | null): string {
  if (avatar === null) return 'There is no picture; initials stand for it.'
  if (shown === null)
    return `The picture is not kept here but at ${avatar}, and this page loads nothing from elsewhere.`
  return 'Once it is removed, initials stand for it, everywhere and at once.'
}
