import { type Actor, actorId } from '../actor.ts'
import { limits } from '../limits.ts'
import type { Transaction } from '../ports.ts'
import type { User } from '../users/user.ts'
import type { DoneBy, Message } from './mail.ts'

/** What happened to somebody's account, of which they are told though they did not ask. */
export type Notice = Extract<
  Message,
  {
    kind:
      | 'account_locked'
      | 'codes_locked'
      | 'password_changed'
      | 'api_token_made'
      | 'api_token_revoked'
      | 'factor_added'
      | 'factor_removed'
      | 'recovery_codes_made'
      | 'notices_off'
  }
>

/**
 * Tells the owner of an active account what happened to it, unless they want no mail that they did not ask for. Of one kind they are told so often a
 * day and no more: guesses and scripts do not fill a mailbox.
 */
export async function tellOwner({ store, nowMs }: Transaction, user: User, notice: Notice): Promise<void> {
  const { id: userId, email, emailVerified, firstName } = user
  if (email === null || !takesNotices(user)) return
  const { kind } = notice
  const isLock = kind === 'account_locked' || kind === 'codes_locked'
  const max = isLock ? limits.lockNoticesPerDayMax : limits.noticesPerDayMax
  if ((await store.mail.countSince(userId, kind, nowMs - limits.noticesDayMs)) >= max) return
  const name = emailVerified ? firstName : null
  await store.mail.add({ userId, to: email, name, message: notice, atMs: nowMs })
}

export function takesNotices(user: Pick<User, 'status' | 'particulars'>): boolean {
  return user.status === 'active' && wantsNotices(user)
}

export function wantsNotices({ particulars }: Pick<User, 'particulars'>): boolean {
  return particulars.preferences.notifications.email
}

/** Whether the owner did it, and from where; where an admin sits is not for them to know. */
export function doneBy(actor: Actor, user: User): DoneBy {
  return actorId(actor) === user.id ? { by: 'owner', ip: actor.origin.ip } : { by: 'admin', ip: null }
}
