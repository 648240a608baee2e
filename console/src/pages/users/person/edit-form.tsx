import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { Unsaved } from '../../../ui/unsaved.tsx'
import { ClashDialog } from './clash-dialog.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSubject } from './subject.ts'
import type { useEditing } from './use-editing.ts'

interface EditFormProps {
  readonly editing: ReturnType<typeof useEditing>
  /** What the fields are called that say by themselves what is wrong with them. */
  readonly labels?: Readonly<Record<string, string>>
  readonly isReadOnly: boolean
  readonly children: ReactNode
}

/** A form that is saved as a whole, asks before it is left, and shows what somebody else saved first. */
export function EditForm({ editing, labels = {}, isReadOnly, children }: EditFormProps) {
  const { id } = useSubject().user
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        editing.submit()
      }}
    >
      <Stack gap="lg">
        {children}
        {!isReadOnly && <SaveBar editing={editing} labels={labels} />}
      </Stack>
      <Unsaved when={editing.isDirty} />
      <ClashDialog
        userId={id}
        clash={editing.clash}
        labelOf={(field) => labels[field] ?? field}
        error={editing.error}
        isSaving={editing.isSaving}
        onSettle={editing.settle}
        onClose={editing.postpone}
      />
    </form>
  )
}
