import { Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from './confirm-dialog.tsx'

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

/** A `ConfirmDialog` that stands in the page for as long as it is open, and does itself what it asks about. */
export function Confirm({ title, children, action, typed, onConfirm, onClose }: ConfirmProps) {
  const [text, setText] = useState('')
  const confirm = useMutation({ mutationFn: async () => onConfirm(), onSuccess: onClose })
  return (
    <ConfirmDialog
      isOpen
      title={title}
      says={
        <Stack>
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
        </Stack>
      }
      verb={action}
      onConfirm={() => confirm.mutate()}
      onClose={onClose}
      isPending={confirm.isPending}
      isDisabled={typed !== undefined && text !== typed}
      error={confirm.error}
    />
  )
}
