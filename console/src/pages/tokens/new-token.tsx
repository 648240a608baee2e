import type { NewApiToken } from '@sudigital/client'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { MadeToken } from './made-token.tsx'
import { NewTokenForm } from './new-token-form.tsx'

/** Makes a token, and shows it once. While it is shown nothing but its button closes the dialog: nobody can show it again. */
export function NewToken({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const [made, setMade] = useState<NewApiToken | null>(null)
  const close = () => {
    setMade(null)
    onClose()
  }
  return (
    <Dialog
      opened={opened}
      onClose={close}
      size="lg"
      title={made === null ? 'Make a token' : `${made.name} is made`}
      closeOnClickOutside={false}
    >
      {made === null ? <NewTokenForm onMade={setMade} onCancel={close} /> : <MadeToken made={made} onDone={close} />}
    </Dialog>
  )
}
