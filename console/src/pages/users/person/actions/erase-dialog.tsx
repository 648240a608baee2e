import { Text } from '@mantine/core'
import { nameOf } from '../../../../session/session.tsx'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import { EraseForm } from './erase-form.tsx'
import type { DialogProps } from './open-dialog.tsx'

export function EraseDialog({ close }: DialogProps) {
  const { user } = useSubject()
  const { isSelf } = useRights()
  if (isSelf) return <Text>Nobody erases their own account. Another administrator can.</Text>
  return <EraseForm id={user.id} name={nameOf(user)} phrase={user.email ?? user.username ?? user.id} close={close} />
}
