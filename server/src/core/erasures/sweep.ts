import type { Activity, ActivityDetail } from '../activity/activity.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import type { UserId } from '../users/user.ts'
import type { SweepPlace, Swept } from './ports.ts'

/*
 * What others did with somebody who was erased, and what they did themselves, says more than their id until it has been gone through. There may be a
 * lot of it, so that is done in many small transactions, after the erasure was answered; begun anew it comes to the same.
 */

/** Goes through everything that may name these people, and notes that it did. */
export async function sweepTraces({ commit }: Pick<Core, 'commit'>, userIds: readonly UserId[]): Promise<void> {
  for (let more = true; more; ) {
    const noted = await commit('note-actors', {})
    more = noted.ok && noted.value.noted > 0
  }
  for (const userId of userIds) {
    for (const whose of ['account', 'actor'] as const)
      await toTheEnd((from) => commit('sweep-activity', { userId, whose, from }))
    await toTheEnd((from) => commit('sweep-invitations', { userId, from }))
  }
  await toTheEnd((from) => commit('sweep-requests', { userIds, from }))
  await commit('note-swept', { userIds })
}

type Sweep = Outcome<{ readonly next: SweepPlace | null }, never>

async function toTheEnd(sweep: (from: SweepPlace | null) => Promise<Sweep>): Promise<void> {
  let from: SweepPlace | null = null
  do {
    const swept: Sweep = await sweep(from)
    from = swept.ok ? swept.value.next : null
  } while (from !== null)
}

export async function commitSweepActivity(
  { store }: Transaction,
  { userId, whose, from }: { userId: UserId; whose: Swept; from: SweepPlace | null },
): Promise<Sweep> {
  return grant({ next: await store.erasures.sweepActivity(userId, whose, from) })
}

/** The record of activity may be forgotten before the mail is. */
export async function commitSweepInvitations(
  { store }: Transaction,
  { userId, from }: { userId: UserId; from: SweepPlace | null },
): Promise<Sweep> {
  return grant({ next: await store.erasures.sweepInvitations(userId, from) })
}

export async function commitSweepRequests(
  { store }: Transaction,
  { userIds, from }: { userIds: readonly UserId[]; from: SweepPlace | null },
): Promise<Sweep> {
  return grant({ next: await store.erasures.sweepRequests(userIds, from) })
}

export async function commitNoteActors(
  { store }: Transaction,
  _: Record<never, never>,
): Promise<Outcome<{ noted: number }, never>> {
  return grant({ noted: await store.erasures.noteActors() })
}

export async function commitNoteSwept(
  { store, nowMs }: Transaction,
  { userIds }: { userIds: readonly UserId[] },
): Promise<Outcome<null, never>> {
  await store.erasures.noteSwept(userIds, nowMs)
  return grant(null)
}

/** Files hold nothing of these any more. */
export async function commitFinishErasures(
  { store, nowMs }: Transaction,
  { userIds }: { userIds: readonly UserId[] },
): Promise<Outcome<null, never>> {
  await store.erasures.noteFinished(userIds, nowMs)
  return grant(null)
}

/**
 * What may stay of an entry when somebody is erased: that it happened, and who did it, by ids. From where they called goes, and so does what the things
 * of their account were called. From where an admin acted upon them is the admin's, and stays.
 */
export function withoutTraces({ userId, detail }: Activity, erased: UserId): ActivityDetail {
  const { apiToken, name, ...rest } = detail
  const isTheirs = detail.actor === erased || (userId === erased && detail.actor === null)
  return {
    ...rest,
    ...(isTheirs ? { ip: null, userAgent: null } : {}),
    ...(apiToken === undefined || detail.actor === erased ? {} : { apiToken }),
    ...(name === undefined || userId === erased ? {} : { name }),
  }
}
