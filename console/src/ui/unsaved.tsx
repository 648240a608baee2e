import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isAsked } from '../session/begin-anew.ts'

let unsaved = 0

/** Whether something stands on the page that would be lost. */
export function isAnythingUnsaved(): boolean {
  return unsaved > 0
}

/** Asks whoever leaves a page with something unsaved on it whether they mean to. What is in the address besides the path may change. */
export function Unsaved({ when }: { readonly when: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: isAsked,
    disabled: !when,
    withResolver: true,
  })
  useEffect(() => {
    if (!when) return
    unsaved += 1
    return () => {
      unsaved -= 1
    }
  }, [when])
  return <LeaveDialog isOpen={status === 'blocked'} onLeave={() => proceed?.()} onStay={() => reset?.()} />
}

interface LeaveDialogProps {
  readonly isOpen: boolean
  readonly onLeave: () => void
  readonly onStay: () => void
}

export function LeaveDialog({ isOpen, onLeave, onStay }: LeaveDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onStay} title="Leave without saving?" centered>
      <Stack>
        <Text>What you have typed on this page is not saved. If you leave now, it is lost.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onLeave}>
            Leave without saving
          </Button>
          <Button onClick={onStay} data-autofocus>
            Stay here
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
