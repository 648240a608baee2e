import { useMay, useMe } from '../../../session/session.tsx'
import type { Subject } from './subject.ts'
import { useSubject } from './subject.ts'

/** What whoever is signed in may do with the user of a page. */
export interface Rights {
  readonly isSelf: boolean
  /** Whether they look after everybody, and so after this user. */
  readonly administers: boolean
  /** Whether names and profile can be changed. */
  readonly edits: boolean
  /** Why something stays as it is; null where everything can be changed. */
  readonly reason: string | null
}

export function useRights(): Rights {
  const { user } = useSubject()
  const may = useMay()
  const me = useMe()
  return rightsOf({ isSelf: me.id === user.id, administers: may('users:list'), updates: may('users:update') })
}

export function rightsOf(held: {
  readonly isSelf: boolean
  readonly administers: boolean
  readonly updates: boolean
}): Rights {
  const { isSelf, administers } = held
  const edits = held.updates && (administers || isSelf)
  return { isSelf, administers, edits, reason: reasonOf(edits, administers) }
}

function reasonOf(edits: boolean, administers: boolean): string | null {
  if (administers) return null
  return edits
    ? 'Role, status, address and attributes are changed by an administrator.'
    : 'As a viewer you can look at everything here and change none of it. Ask an administrator if something is wrong.'
}

/** Why nobody can be asked to do this for somebody as they are; null where they can. */
export interface Hindrances {
  readonly verification: string | null
  readonly invitation: string | null
  readonly impersonation: string | null
  readonly password: string | null
  readonly passwordLink: string | null
  readonly erasure: string | null
}

export function hindrancesOf({ email, emailVerified, status, role }: Subject, isSelf: boolean): Hindrances {
  return {
    verification:
      email === null
        ? 'There is no address to verify'
        : emailVerified
          ? 'The address is verified already'
          : status === 'inactive'
            ? 'Activate the account first'
            : null,
    invitation:
      status !== 'pending' ? 'The account is not pending' : email === null ? 'There is no address to write to' : null,
    impersonation: isSelf
      ? 'This is your own account'
      : role === 'admin'
        ? 'Nobody acts in the stead of an administrator'
        : status !== 'active'
          ? 'The account is not active'
          : null,
    passwordLink:
      email === null ? 'There is no address to write to' : status !== 'active' ? 'The account is not active' : null,
    password: isSelf ? 'You change your own password in your account' : null,
    erasure: isSelf ? 'Nobody erases their own account' : null,
  }
}
