import type { Permission, Role, Status } from '@sudigital/client'

/** What can be done with many people at once. */
export type BulkAction =
  | { readonly kind: 'status'; readonly to: Exclude<Status, 'pending'> }
  | { readonly kind: 'role'; readonly to: Role }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'invite' }

interface Words {
  readonly title: string
  /** What comes of it. */
  readonly says: string
  readonly button: string
  readonly doing: string
  readonly done: string
}

/** An action as it is told to people, for `who`: “12 people”, “1 person”. What is deleted can be brought back `forHowLong`. */
export function wordsFor(action: BulkAction, who: string, forHowLong = 'for a while'): Words {
  switch (action.kind) {
    case 'status':
      return action.to === 'active' ? activating(who) : deactivating(who)
    case 'role':
      return {
        title: `Change the role of ${who} to ${action.to}?`,
        says: `${roleSays[action.to]} It counts from their next request on.`,
        button: 'Change the role',
        doing: 'Changing the role',
        done: `Now ${action.to}: ${who}.`,
      }
    case 'delete':
      return {
        title: `Delete ${who}?`,
        says: `They are signed out everywhere at once, and their addresses become free. It can be undone ${forHowLong}.`,
        button: `Delete ${who}`,
        doing: 'Deleting',
        done: `Deleted: ${who}.`,
      }
    case 'restore':
      return {
        title: `Bring ${who} back?`,
        says: 'They are as they were, with their names and addresses. They have to sign in again.',
        button: `Bring ${who} back`,
        doing: 'Bringing back',
        done: `Brought back: ${who}.`,
      }
    case 'invite':
      return {
        title: `Invite ${who}?`,
        says: 'Whoever is pending is mailed a link with which they choose a password. An invitation that still stands is sent again. Everybody else is left as they are.',
        button: `Invite ${who}`,
        doing: 'Inviting',
        done: `Invited: ${who}.`,
      }
  }
}

function activating(who: string): Words {
  return {
    title: `Activate ${who}?`,
    says: 'They can sign in. Nobody is mailed.',
    button: `Activate ${who}`,
    doing: 'Activating',
    done: `Active: ${who}.`,
  }
}

function deactivating(who: string): Words {
  return {
    title: `Deactivate ${who}?`,
    says: 'They are signed out everywhere at once and cannot sign in until they are activated again.',
    button: `Deactivate ${who}`,
    doing: 'Deactivating',
    done: `Inactive: ${who}.`,
  }
}

const roleSays = {
  admin: 'An admin may see, change and delete everybody, and make others admin.',
  user: 'A user may change their own account, and see nobody else’s.',
  viewer: 'A viewer may see their own account, and change nothing but their password and second factors.',
} as const satisfies Record<Role, string>

/** What somebody has to be allowed for it. */
export function neededFor({ kind }: BulkAction): Permission {
  if (kind === 'invite') return 'invitations:manage'
  if (kind === 'delete' || kind === 'restore') return 'users:delete'
  return 'users:roles'
}

/** Whether it takes something away, so that its button is red. */
export function isHarsh(action: BulkAction): boolean {
  return action.kind === 'delete' || (action.kind === 'status' && action.to === 'inactive')
}
