import { Stack } from '@mantine/core'
import type { Role } from '@sudigital/client'
import { useState } from 'react'
import { client } from '../../../../client/client.ts'
import { nameOf } from '../../../../session/session.tsx'
import { useSubject } from '../subject.ts'
import { Choice, Closing } from './choice.tsx'
import type { DialogProps } from './open-dialog.tsx'
import { useAct } from './use-act.ts'

const roles = [
  { value: 'admin', label: 'Admin', says: 'Looks after everybody in the directory, and after the directory itself.' },
  { value: 'user', label: 'User', says: 'Sees and changes their own record.' },
  { value: 'viewer', label: 'Viewer', says: 'Sees their own record, and changes none of it.' },
] as const

export function RoleDialog({ close }: DialogProps) {
  const { user, etag } = useSubject()
  const [role, setRole] = useState<Role>(user.role)
  const change = useAct(
    user.id,
    async () => {
      await client.users.update(user.id, { role }, { ifMatch: etag ?? undefined })
      return `${nameOf(user)} is ${role === 'admin' ? 'an admin' : `a ${role}`} from now on.`
    },
    close,
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      <Stack>
        <Choice
          label={`What ${nameOf(user)} may do`}
          options={roles}
          chosen={role}
          current={user.role}
          onChoose={setRole}
        />
        <Closing
          error={change.error}
          isPending={change.isPending}
          isDisabled={role === user.role}
          label="Change the role"
          close={close}
        />
      </Stack>
    </form>
  )
}
