import { Button, Center, Group, Loader, Modal, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { useMe } from '../../../session/session.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Fetched } from '../../../ui/fetched.tsx'
import { Picture } from '../../../ui/person.tsx'
import { Section } from '../../../ui/section.tsx'
import { tellDone } from '../../../ui/told.ts'
import { useWhyFixed } from '../may-change.ts'

const PictureEditor = lazy(() => import('./picture-editor.tsx').then((loaded) => ({ default: loaded.PictureEditor })))

/** The picture beside the name, another one for it, or none. */
export function OwnPicture() {
  const me = useMe()
  const whyFixed = useWhyFixed()
  const [open, setOpen] = useState<'editor' | 'removal' | null>(null)
  const close = () => setOpen(null)
  const remove = useMutation({
    mutationFn: () => client.me.avatar.delete(),
    onSuccess: () => {
      close()
      tellDone('Your picture is removed.')
      return queries.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <Section title="Picture">
      <Group gap="lg">
        <Picture person={me} size={88} />
        <div>
          <Group gap="xs">
            <Button variant="default" disabled={whyFixed !== null} onClick={() => setOpen('editor')}>
              {me.avatar === null ? 'Choose a picture' : 'Change the picture'}
            </Button>
            {me.avatar !== null && (
              <Button variant="subtle" color="red" disabled={whyFixed !== null} onClick={() => setOpen('removal')}>
                Remove
              </Button>
            )}
          </Group>
          <Text size="xs" c="dimmed" mt={6} maw={420}>
            {whyFixed ?? 'You cut out the part that is shown. Nothing else of the file is kept, no place and no date.'}
          </Text>
        </div>
      </Group>
      <Modal opened={open === 'editor'} onClose={close} title="Your picture" centered size="lg">
        <Fetched
          coming={
            <Center mih={240}>
              <Loader aria-label="Loading" />
            </Center>
          }
        >
          <PictureEditor onDone={close} />
        </Fetched>
      </Modal>
      <ConfirmDialog
        isOpen={open === 'removal'}
        onClose={close}
        title="Remove your picture?"
        says="Your initials are shown in its place."
        verb="Remove"
        onConfirm={() => remove.mutate()}
        isPending={remove.isPending}
        error={remove.error}
      />
    </Section>
  )
}
