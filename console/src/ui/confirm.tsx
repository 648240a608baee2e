import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Refused } from './states.tsx'

interface ConfirmProps {
  readonly title: string
  /** What will happen, in sentences. */
  readonly children: ReactNode
  /** What the button says: the verb, and what it is done to. */
  readonly action: string
  /** What has to be typed before, for what cannot be taken back. */
  readonly typed?: string
  readonly onConfirm: () => PromiseLike<unknown>
  readonly onClose: () => void
}

/** Asks before something that is hard to take back. It stays open, with the reason, when it is refused. Stands in the page for as long as it is open. */
export function Confirm({ title, children, action, typed, onConfirm, onClose }: ConfirmProps) {
  const [text, setText] = useState('')
  const confirm = useMutation({ mutationFn: async () => onConfirm(), onSuccess: onClose })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed === undefined || text === typed) confirm.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <div>{children}</div>
          {typed !== undefined && (
            <TextInput
              label={`Type “${typed}” to go on`}
              value={text}
              onChange={({ currentTarget: { value } }) => setText(value)}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
          )}
          <Refused error={confirm.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it as it is
            </Button>
            <Button
              type="submit"
              color="red.8"
              loading={confirm.isPending}
              disabled={typed !== undefined && text !== typed}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
