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
  { run, finish, isPatient }: Work<Ran>,
  { msMax, patientMsMax, tasksMax }: Groups = inGroups,
  journal: Pick<Journal, 'begin' | 'committed'> | null = null,
): CommitGroup {
  const begin = connection.prepare('begin immediate')
  const commit = connection.prepare('commit')
  const savepoint = connection.prepare('savepoint one')
  const release = connection.prepare('release one')
  const takeBack = connection.prepare('rollback to one')

  async function runOne({ id, task }: Waiting<CommitTask>, stay: Ran[]): Promise<Answer> {
    savepoint.run()
    try {
      const ran = await run(task)
      const { outcome, touched, mailed } = ran
      if (!outcome.ok) takeBack.run()
      release.run()
      if (outcome.ok) stay.push(ran)
      return { id, value: outcome, touched: outcome.ok ? [...touched.keys()] : [], mailed: outcome.ok && mailed }
    } catch (error) {
      // A full or failing disk makes SQLite roll the whole group back by itself.
      if (!connection.inTransaction) throw error
      takeBack.run()
      release.run()
      return { id, error: plainError(asUnavailable(error)) }
    }
  }

  return async (first, next) => {
    const group: Waiting<CommitTask>[] = []
    const answers: Answer[] = []
    const stay: Ran[] = []
    const areAllPatient = isPatient(first.task)
    const endsAt = performance.now() + (areAllPatient ? patientMsMax : msMax)
    const hasRoom = () => group.length < tasksMax && performance.now() < endsAt
    const fits = (task: CommitTask) => isPatient(task) === areAllPatient
    let one: Waiting<CommitTask> | undefined = first
    try {
      journal?.begin(areAllPatient)
      begin.run()
      while (one !== undefined) {
        group.push(one)
        answers.push(await runOne(one, stay))
        one = hasRoom() ? next(fits) : undefined
      }
      await finish(stay)
      commit.run()
    } catch (cause) {
      if (connection.inTransaction) connection.exec('rollback')
      const lost = plainError(new DatabaseUnavailable('A group of transactions was not kept.', { cause }))
      return (group.length === 0 ? [first] : group).map(({ id }) => ({ id, error: lost }))
    }
    journal?.committed(areAllPatient)
    return answers
  }
}
