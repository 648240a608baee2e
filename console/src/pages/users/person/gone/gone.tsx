import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RotateCcw, UserX } from 'lucide-react'
import { client } from '../../../../client/client.ts'
import { isId } from '../../../../client/ids.ts'
import { queries } from '../../../../client/queries.ts'
import { useRetention } from '../../../../session/retention.ts'
import { useMay } from '../../../../session/session.tsx'
import { Dialog } from '../../../../ui/dialog.tsx'
import { Page } from '../../../../ui/page.tsx'
import { When } from '../../../../ui/person.tsx'
import { Empty, Failed, Loading, Refused } from '../../../../ui/states.tsx'
import { tellDone } from '../../../../ui/told.ts'
import { EraseForm } from '../actions/erase-form.tsx'
import { useDialog } from '../dialogs.ts'
import { ExportButton } from '../held/export-button.tsx'
import { endQuery } from './end.ts'

/** In place of a user who is not there: because they were deleted, because they were erased, or because they never were. */
export function Gone({ id }: { readonly id: string }) {
  const may = useMay()
  const end = useQuery({ ...endQuery(id), enabled: may('activity:list') && isId(id) })
  if (end.isLoading || end.isError) {
    return (
      <Page title="User">
        {end.isError ? <Failed error={end.error} retry={() => void end.refetch()} /> : <Loading />}
      </Page>
    )
  }
  switch (end.data?.type) {
    case 'deleted':
      return <Deleted id={id} at={end.data.createdAt} />
    case 'erased':
      return <Erased at={end.data.createdAt} />
    default:
      return <Nobody />
  }
}

function Nobody() {
  return (
    <Page title="No such user">
      <Empty icon={UserX} title="There is nobody here" says="The address may have been mistyped.">
        <ToUsers />
      </Empty>
    </Page>
  )
}

function Erased({ at }: { readonly at: string }) {
  return (
    <Page title="Erased user">
      <Empty
        icon={UserX}
        title="This person was erased"
        says={
          <>
            What was kept of them is gone for good (<When at={at} />
            ). What happened stays in the record of activity, under an id that leads to nobody.
          </>
        }
      >
        <ToUsers />
      </Empty>
    </Page>
  )
}

function Deleted({ id, at }: { readonly id: string; readonly at: string }) {
  const forHowLong = useRetention()
  const { open, show, close } = useDialog()
  // A refusal is not followed by another look: while that is under way this page is not drawn, and would forget why.
  const restore = useMutation({
    mutationFn: () => client.users.restore(id),
    onSuccess: () => {
      tellDone('They are back.')
      for (const key of [['users'], ['user', id]]) void queries.invalidateQueries({ queryKey: key })
    },
  })
  return (
    <Page title="Deleted user">
      <Empty
        icon={UserX}
        title="This user was deleted"
        says={
          <>
            That was <When at={at} />. They can be brought back {forHowLong} after that, as long as nobody else has
            their address or username; then the server erases them.
          </>
        }
      >
        <Stack mt="sm" align="center">
          <Refused error={restore.error} />
          <Group justify="center">
            <Button
              leftSection={<RotateCcw size={16} aria-hidden />}
              loading={restore.isPending}
              onClick={() => restore.mutate()}
            >
              Restore
            </Button>
            <ExportButton id={id} />
            <Button variant="light" color="red" onClick={() => show('erase')}>
              Erase for good
            </Button>
          </Group>
          <ToUsers />
        </Stack>
      </Empty>
      <Dialog opened={open === 'erase'} onClose={close} title="Erase for good">
        <EraseForm id={id} name="this person" phrase={id} close={close} />
      </Dialog>
    </Page>
  )
}

function ToUsers() {
  const may = useMay()
  if (!may('users:list')) return null
  return (
    <Anchor component={Link} to="/console/users">
      <Text span size="sm">
        To all users
      </Text>
    </Anchor>
  )
}
