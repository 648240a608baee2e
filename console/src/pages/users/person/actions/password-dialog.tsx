import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../../../client/client.ts'
import { faultsByField } from '../../../../client/words.ts'
import { nameOf } from '../../../../session/session.tsx'
import { NewPassword } from '../../../../ui/new-password.tsx'
import { useSubject } from '../subject.ts'
import { Closing } from './choice.tsx'
import type { DialogProps } from './open-dialog.tsx'
import { useAct } from './use-act.ts'

export function PasswordDialog({ close }: DialogProps) {
  const { user } = useSubject()
  const [newPassword, setPassword] = useState('')
  const name = nameOf(user)
  const set = useAct(
    user.id,
    async () => {
      await client.users.setPassword(user.id, { newPassword })
      return `${name} has another password, and is signed out everywhere.`
    },
    close,
  )
  const { newPassword: fault } = faultsByField(set.error)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate()
      }}
    >
      <Stack>
        <Text>
          Give it to {name} in a way that only they can read. All of their sessions and API tokens end, and they are
          told by mail that it was changed.
        </Text>
        <NewPassword owner={user} value={newPassword} onChange={setPassword} error={fault} required data-autofocus />
        <Closing
          error={fault === undefined ? set.error : null}
          isPending={set.isPending}
          isDisabled={newPassword === ''}
          label="Set the password"
          close={close}
        />
      </Stack>
    </form>
  )
}
