import { limits } from '../../../core/limits.ts'
import type { Outcome } from '../../../core/outcome.ts'
import type { RefusalCode } from '../../../core/refusals.ts'
import type { UserId } from '../../../core/users/user.ts'
import { DatabaseUnavailable } from '../engine.ts'
import { asUnavailable, type Connection } from './connection.ts'
import type { Journal } from './journal.ts'
import { type Answer, type CommitTask, plainError, type Waiting } from './messages.ts'

/** What becomes of the tasks of a group, in the open transaction. */
export interface Work<Ran extends RanTask> {
  run(task: CommitTask): Promise<Ran>
  /** The same of a patient one, and throws when anything would have to be taken back. Null where that cannot be done. */
  readonly runBare: ((task: CommitTask) => Promise<Ran>) | null
  /** Writes what those that stay have left to be written together. */
  finish(stay: readonly Ran[]): Promise<void>
  /** Whether nobody waits for this one. */
  isPatient(task: CommitTask): boolean
}

export interface RanTask {
  readonly outcome: Outcome<unknown, RefusalCode>
  readonly touched: ReadonlyMap<UserId, unknown>
  readonly mailed: boolean
}

/**
 * Takes `first` and whoever `next` finds waiting, until nobody is, the group is full or it has taken long enough. Either all of a group are patient or none
 * of them is.
 */
export type CommitGroup = (
  first: Waiting<CommitTask>,
  next: (fits: (task: CommitTask) => boolean) => Waiting<CommitTask> | undefined,
) => Promise<readonly Answer[]>

/** How much one group takes at most. */
export interface Groups {
  readonly msMax: number
  /** Of those that are patient. */
  readonly patientMsMax: number
  readonly tasksMax: number
}

/** While others wait for their answers. */
export const inGroups: Groups = {
  msMax: limits.groupMsMax,
  patientMsMax: limits.patientGroupMsMax,
  tasksMax: limits.transactionsPerGroupMax,
}
/** While nobody else uses the directory. */
export const inLongGroups: Groups = {
  ...inGroups,
  patientMsMax: limits.groupMsMaxWhileFilling,
  tasksMax: limits.transactionsPerGroupWhileFilling,
}

/**
 * Makes many transactions durable by one write to the disk: each has a savepoint of its own, to which a refusal or a fault takes it back, and
 * none is answered before the COMMIT they share. When that fails, it fails for all of them.
 */
export function openGroupCommit<Ran extends RanTask>(
  connection: Connection,
  work: Work<Ran>,
  { msMax, patientMsMax, tasksMax }: Groups = inGroups,
  journal: Pick<Journal, 'begin' | 'committed'> | null = null,
): CommitGroup {
  const begin = connection.prepare('begin immediate')
  const commit = connection.prepare('commit')
  const run = openRunner(connection, work)

  return async (first, next) => {
    const group = [first]
    const areAllPatient = work.isPatient(first.task)
    const endsAt = performance.now() + (areAllPatient ? patientMsMax : msMax)
    const hasRoom = () => group.length < tasksMax && performance.now() < endsAt
    const fits = (task: CommitTask) => work.isPatient(task) === areAllPatient
    const taken = growing(group, () => (hasRoom() ? next(fits) : undefined))
    let answers: readonly Answer[]
    try {
      journal?.begin(areAllPatient)
      begin.run()
      const ran = await run(taken, areAllPatient)
      await work.finish(ran.stay)
      commit.run()
      answers = ran.answers
    } catch (cause) {
      if (connection.inTransaction) connection.exec('rollback')
      const lost = plainError(new DatabaseUnavailable('A group of transactions was not kept.', { cause }))
      return group.map(({ id }) => ({ id, error: lost }))
    }
    journal?.committed(areAllPatient)
    return answers
  }
}

function openRunner<Ran extends RanTask>(connection: Connection, { run, runBare }: Work<Ran>) {
  const begin = connection.prepare('begin immediate')
  const savepoint = connection.prepare('savepoint one')
  const release = connection.prepare('release one')
  const takeBack = connection.prepare('rollback to one')

  async function runOne({ id, task }: Waiting<CommitTask>, stay: Ran[]): Promise<Answer> {
    savepoint.run()
    try {
      const ran = await run(task)
      if (!ran.outcome.ok) takeBack.run()
      release.run()
      if (ran.outcome.ok) stay.push(ran)
      return answerOf(id, ran)
    } catch (error) {
      // A full or failing disk makes SQLite roll the whole group back by itself.
      if (!connection.inTransaction) throw error
      takeBack.run()
      release.run()
      return { id, error: plainError(asUnavailable(error)) }
    }
  }

  async function runGuarded(taken: Taken): Promise<Run<Ran>> {
    const [answers, stay]: [Answer[], Ran[]] = [[], []]
    for (const one of taken) answers.push(await runOne(one, stay))
    return { answers, stay }
  }

  /** Savepoints keep a copy of each page that is changed. Of those that are seldom taken back, all are, and run again with them. */
  async function runUnguarded(taken: Taken, bare: NonNullable<typeof runBare>): Promise<Run<Ran>> {
    try {
      const [answers, stay]: [Answer[], Ran[]] = [[], []]
      for (const { id, task } of taken) {
        const ran = await bare(task)
        if (!ran.outcome.ok) throw new TakenBack()
        answers.push(answerOf(id, ran))
        stay.push(ran)
      }
      return { answers, stay }
    } catch {
      guardedUntilMs = performance.now() + limits.savepointsAgainMs
      if (connection.inTransaction) connection.exec('rollback')
      begin.run()
      return runGuarded(taken)
    }
  }

  let guardedUntilMs = 0

  return (taken: Taken, areAllPatient: boolean): Promise<Run<Ran>> => {
    const mayBeBare = areAllPatient && runBare !== null && performance.now() > guardedUntilMs
    return mayBeBare ? runUnguarded(taken, runBare) : runGuarded(taken)
  }
}

/** Those of a group, which grows while it is gone through, and is the same when it is gone through again. */
type Taken = Iterable<Waiting<CommitTask>>

interface Run<Ran> {
  readonly answers: readonly Answer[]
  readonly stay: readonly Ran[]
}

function growing<Item>(items: Item[], next: () => Item | undefined): Iterable<Item> {
  return {
    *[Symbol.iterator]() {
      for (let at = 0; at < items.length; at += 1) {
        yield items[at] as Item
        const one = at + 1 === items.length ? next() : undefined
        if (one !== undefined) items.push(one)
      }
    },
  }
}

/** What a transaction without savepoints cannot do in part. */
export class TakenBack extends Error {
  override readonly name = 'TakenBack'
}

function answerOf(id: number, { outcome, touched, mailed }: RanTask): Answer {
  return { id, value: outcome, touched: outcome.ok ? [...touched.keys()] : [], mailed: outcome.ok && mailed }
}
