import type { ComponentType } from 'react'
import { Dialog } from '../../../../ui/dialog.tsx'
import { type Dialog as DialogName, useDialog } from '../dialogs.ts'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { ImpersonateDialog } from './impersonate-dialog.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { PictureDialog } from './picture-dialog.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { StatusDialog } from './status-dialog.tsx'

export interface DialogProps {
  readonly close: () => void
}

interface Opened {
  readonly title: string
  readonly content: ComponentType<DialogProps>
  /** For everybody who sees the page. */
  readonly isOpenToAll?: true
}

const contents: Partial<Record<DialogName, Opened>> = {
  role: { title: 'Change the role', content: RoleDialog },
  status: { title: 'Change the status', content: StatusDialog },
  password: { title: 'Set a password', content: PasswordDialog },
  impersonate: { title: 'Act in their stead', content: ImpersonateDialog },
  picture: { title: 'Picture', content: PictureDialog, isOpenToAll: true },
  delete: { title: 'Delete', content: DeleteDialog },
  erase: { title: 'Erase for good', content: EraseDialog },
}

/** The dialog that the address names, where it is one of the whole page. */
export function OpenDialog() {
  const { open, close } = useDialog()
  const { administers } = useRights()
  const { user } = useSubject()
  const opened = open === undefined ? undefined : contents[open]
  const isOpen = opened !== undefined && (administers || opened.isOpenToAll === true)
  const Content = opened?.content
  return (
    <Dialog opened={isOpen} onClose={close} title={opened?.title} key={user.id}>
      {isOpen && Content !== undefined && <Content close={close} />}
    </Dialog>
  )
}
