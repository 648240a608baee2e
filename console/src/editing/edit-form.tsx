import './editing.css'
import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWarning } from '../ui/draft.ts'
import { Unsaved } from '../ui/unsaved.tsx'
import { ClashDialog } from './clash-dialog.tsx'
import { SaveBar } from './save-bar.tsx'
import type { Editing } from './use-editing.ts'

interface EditFormProps {
  /** Whose record it is about, if it is somebody's. */
  readonly userId?: string | null
  readonly editing: Editing
  /** What the fields are called that say by themselves what is wrong with them. */
  readonly labels?: Readonly<Record<string, string>>
  readonly isReadOnly?: boolean
  readonly children: ReactNode
}

/** A form that is saved as a whole, asks before what is typed in it is lost, and shows what somebody else saved first. */
export function EditForm({ userId = null, editing, labels = {}, isReadOnly = false, children }: EditFormProps) {
  useWarning(editing.isDirty && editing.isKept)
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
      <Unsaved when={editing.isDirty && !editing.isKept} />
      <ClashDialog
        userId={userId}
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
