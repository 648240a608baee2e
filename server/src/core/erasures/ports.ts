import type { Eventually } from '../outcome.ts'
import type { User, UserId } from '../users/user.ts'
import type { Erasure } from './erasure.ts'

export interface ErasureReads {
  /** Null for whoever was not erased. */
  ofUser(userId: UserId): Eventually<Erasure | null>
  /** Whose traces are still owed, the oldest first. */
  unfinished(beforeMs: number, limit: number): Promise<readonly Erasure[]>
  /** Ids of erased people in their order, after one of them; null begins. */
  following(after: UserId | null, limit: number): Promise<readonly UserId[]>
}

export interface ErasureStore extends Pick<ErasureReads, 'ofUser'> {
  /** The user, live or deleted or erased, held until the transaction ends. */
  user(id: UserId): Eventually<User | null>
  /** Takes away everything that is kept of somebody beside their record and what they did, and tells how much that was. */
  forgetAll(user: User): Promise<Erasure['erased']>
  /** Makes the record one that says nothing; `user` is what is left of it. */
  bury(user: User, atMs: number): Promise<void>
  add(erasure: Erasure): Promise<void>
  /** Goes through some of what somebody did, or what was done to them, and tells from where on there is more. */
  sweepActivity(userId: UserId, whose: Swept, from: SweepPlace | null): Promise<SweepPlace | null>
  /** Takes somebody's name out of mail to some of those whom they invited, and tells from where on there are more. */
  sweepInvitations(userId: UserId, from: SweepPlace | null): Promise<SweepPlace | null>
  /** Forgets requests with a key whose outcome names one of them, out of some, and tells from where on there are more. */
  sweepRequests(userIds: readonly UserId[], from: SweepPlace | null): Promise<SweepPlace | null>
  /** Writes down who did what is noted with nobody in older entries; some of them, and tells how many. */
  noteActors(): Promise<number>
  noteSwept(userIds: readonly UserId[], atMs: number): Promise<void>
  noteFinished(userIds: readonly UserId[], atMs: number): Promise<void>
  /** Deleted users whose time is over, held; whom another transaction holds is left out. */
  overdue(deletedBeforeMs: number, limit: number): Promise<readonly UserId[]>
}

/** What was done to an account, or what somebody did to any. */
export type Swept = 'account' | 'actor'

/** Where a sweep goes on. */
export type SweepPlace = string

/**
 * Who was erased, in a file beside the embedded directory: it outlives a directory that is put back from a backup. Nowhere else is there such a file,
 * and nothing is kept.
 */
export interface ErasedIds {
  /** Resolves when they are on the disk for good. */
  add(ids: readonly UserId[]): Promise<void>
  all(): Promise<readonly UserId[]>
}
