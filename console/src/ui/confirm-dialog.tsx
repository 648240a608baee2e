import { Button, Stack, Text } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { Dialog, DialogEnd, useHold } from './dialog.tsx'
import { Refused } from './states.tsx'

interface QuestionProps {
  /** What will happen, in sentences. */
  readonly says: ReactNode
  /** What the button does, in words. */
  readonly verb: string
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly isPending: boolean
  /** Whether something has to be done before it can be confirmed. */
  readonly isDisabled?: boolean
  readonly error?: unknown
}

interface ConfirmDialogProps extends QuestionProps {
  readonly isOpen: boolean
  readonly title: string
  /** In place of the question: what it takes before the answer counts. */
  readonly children?: ReactNode
}

/** Asks before something is done that cannot simply be taken back. It stays open while that is under way, and when it was refused. */
export function ConfirmDialog({ isOpen, title, children, ...question }: ConfirmDialogProps) {
  return (
    <Dialog opened={isOpen} onClose={question.onClose} title={title}>
      {children ?? <Question {...question} />}
    </Dialog>
  )
}

function Question({ says, verb, onConfirm, onClose, isPending, isDisabled = false, error }: QuestionProps) {
  useHold(isPending)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDisabled) onConfirm()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {typeof says === 'string' ? <Text>{says}</Text> : says}
        <Refused error={error} />
        <DialogEnd>
          <Button variant="default" onClick={onClose} disabled={isPending} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={isPending} disabled={isDisabled}>
            {verb}
          </Button>
        </DialogEnd>
      </Stack>
    </form>
  )
}
