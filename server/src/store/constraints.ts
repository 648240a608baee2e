import type { Spared, TakenCode, Unsettled } from '../core/ports.ts'
import { isActiveAdmin, type NewUser, type User, type UserId } from '../core/users/user.ts'
import { claimsOf, moveClaims, moveManyClaims } from './claims.ts'
import { guardLastAdmin, noteAdmins } from './counts.ts'
import type { Queries } from './queries.ts'

/** What no record can promise by itself: that a name has one holder, and that somebody administers the directory. */
export interface Constraints {
  /** Answers what the new user would break. */
  add(user: NewUser): Promise<TakenCode | null>
  /** The same, found out by `settle`: what changes is to be put off. */
  addLater(user: User): void
  change(before: User, after: User, spares: Spared): Promise<TakenCode | 'last_admin' | null>
  /** From here on changes are collected, and none is found to break anything. */
  putOff(): void
  /** Finds out what all of them together would break. */
  settle(): Promise<Unsettled[]>
  /** Throws when something was put off and never settled. */
  finish(): void
}

/** What somebody was before the first change that was put off, and is after the last. */
interface Change {
  readonly before: NewUser | null
  readonly after: NewUser | User
}

export function openConstraints(queries: Queries): Constraints {
  let putOff: Map<UserId, Change> | null = null

  function collect(changes: Map<UserId, Change>, before: NewUser | null, after: NewUser): null {
    const earlier = changes.get(after.id)
    changes.delete(after.id)
    changes.set(after.id, { before: earlier === undefined ? before : earlier.before, after })
    return null
  }

  return {
    async add(user) {
      if (putOff !== null) return collect(putOff, null, user)
      const taken = await moveClaims(queries, user.id, [], claimsOf(user))
      if (taken !== null) return takenCode(taken)
      if (isActiveAdmin(user)) await noteAdmins(queries, 1)
      return null
    },
    addLater(user) {
      if (putOff === null) throw new Error('what is found out later is to be put off')
      collect(putOff, null, user)
    },
    async change(before, after, spares) {
      if (putOff !== null) return collect(putOff, before, after)
      const taken = await moveClaims(queries, after.id, claimsOf(before), claimsOf(after))
      if (taken !== null) return takenCode(taken)
      if (isActiveAdmin(before) && !isActiveAdmin(after)) {
        if (spares === 'nobody') await noteAdmins(queries, -1)
        else if (!(await guardLastAdmin(queries))) return 'last_admin'
      }
      if (!isActiveAdmin(before) && isActiveAdmin(after)) await noteAdmins(queries, 1)
      return null
    },
    putOff() {
      putOff ??= new Map()
    },
    async settle() {
      const changes = [...(putOff ?? new Map<UserId, Change>()).values()]
      putOff = null
      return [...(await settleNames(queries, changes)), ...(await settleAdmins(queries, changes))]
    },
    finish() {
      if (putOff !== null) throw new Error('what was put off was not settled')
    },
  }
}

/** Of two who want one name, whoever changed first has it. */
async function settleNames(queries: Queries, changes: readonly Change[]): Promise<Unsettled[]> {
  const moves = changes.map(({ before, after }) => ({
    userId: after.id,
    number: 'number' in after ? after.number : null,
    before: before === null ? [] : claimsOf(before),
    after: claimsOf(after),
  }))
  const refused = await moveManyClaims(queries, moves)
  return refused.map(({ userId, kind }) => ({ userId, code: takenCode(kind) }))
}

/** Blames everybody who would be an admin no longer. */
async function settleAdmins(queries: Queries, changes: readonly Change[]): Promise<Unsettled[]> {
  const was = ({ before }: Change) => before !== null && isActiveAdmin(before)
  const leaving = changes.filter((change) => was(change) && !isActiveAdmin(change.after))
  const coming = changes.filter((change) => !was(change) && isActiveAdmin(change.after))
  const fewer = leaving.length - coming.length
  if (fewer < 0) await noteAdmins(queries, -fewer)
  if (fewer <= 0 || (await guardLastAdmin(queries, fewer))) return []
  return leaving.map(({ after }) => ({ userId: after.id, code: 'last_admin' }))
}

function takenCode(kind: 'email' | 'username'): TakenCode {
  return kind === 'email' ? 'email_taken' : 'username_taken'
}
