import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Refused } from '../../ui/states.tsx'

interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly says: ReactNode
  /** What the button does, in words. */
  readonly verb: string
  readonly onConfirm: () => void
  readonly isPending: boolean
  readonly error?: unknown
  /** In place of the question: what it takes before the answer counts. */
  readonly children?: ReactNode
}

/** Asks before something is done that cannot simply be taken back. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  says,
  verb,
  onConfirm,
  isPending,
  error,
  children,
}: ConfirmDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered>
      {children ?? (
        <Stack>
          <Text>{says}</Text>
          <Refused error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              Cancel
            </Button>
            <Button color="red" onClick={onConfirm} loading={isPending}>
              {verb}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
