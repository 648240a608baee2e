import { Group, Modal, type ModalProps } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import './dialog.css'

const Holding = createContext<(isHeld: boolean) => void>(() => {})

interface DialogProps
  extends Pick<ModalProps, 'opened' | 'onClose' | 'title' | 'size' | 'styles' | 'closeOnClickOutside' | 'children'> {
  /** Whether only a button of its own closes it; what is in it can say so, too, by `useHold`. */
  readonly isHeld?: boolean
}

/** A dialog that stays open as long as that matters: while something is under way, or shown this once. */
export function Dialog({ isHeld = false, closeOnClickOutside = true, children, ...modal }: DialogProps) {
  const [isHeldWithin, hold] = useState(false)
  const isFree = !isHeld && !isHeldWithin
  return (
    <Modal
      centered
      {...modal}
      closeOnClickOutside={closeOnClickOutside && isFree}
      closeOnEscape={isFree}
      withCloseButton={isFree}
    >
      <Holding value={hold}>{children}</Holding>
    </Modal>
  )
}

/** Holds the dialog around it open. */
export function useHold(isHeld: boolean): void {
  const hold = useContext(Holding)
  useEffect(() => {
    hold(isHeld)
    return () => hold(false)
  }, [hold, isHeld])
}

/** The buttons at the end of a dialog. */
export function DialogEnd({ children }: { readonly children: ReactNode }) {
  return (
    <Group justify="flex-end" className="dialog-end">
      {children}
    </Group>
  )
}
