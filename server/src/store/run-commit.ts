import { type CommitInput, type CommitName, type CommitOutcome, commits } from '../core/commits.ts'
import type { Outcome } from '../core/outcome.ts'
import type { RefusalCode } from '../core/refusals.ts'
import type { UserId } from '../core/users/user.ts'
import type { Touch } from './engines/engine.ts'
import type { Queries } from './queries.ts'
import type { SearchChanges } from './search.ts'
import { openStore } from './store.ts'

export interface CommitRun<Name extends CommitName> {
  readonly outcome: CommitOutcome<Name>
  /** Who was touched, and how; to be told after the transaction is durable. */
  readonly touched: ReadonlyMap<UserId, Touch>
  /** Whether it leaves mail to be sent. */
  readonly mailed: boolean
  /** Still to be written in the transaction, when the outcome is no refusal. */
  readonly search: SearchChanges
}

/** Runs one commit function inside a transaction that the engine has begun and will end: by rolling back when the outcome is a refusal. */
export async function runCommit<Name extends CommitName>(
  queries: Queries,
  name: Name,
  input: CommitInput<Name>,
  nowMs: number,
): Promise<CommitRun<Name>> {
  const run = await runUnsearched(queries, name, input, nowMs)
  if (run.outcome.ok) await run.search.write(queries)
  return run
}

/** The same for whoever writes what searches find once for many. */
export async function runUnsearched<Name extends CommitName>(
  queries: Queries,
  name: Name,
  input: CommitInput<Name>,
  nowMs: number,
): Promise<CommitRun<Name>> {
  const store = openStore(queries)
  const commit = commits[name] as (transaction: unknown, input: unknown) => Promise<Outcome<unknown, RefusalCode>>
  const outcome = await commit({ store, nowMs }, input)
  if (outcome.ok) await store.finish()
  return { outcome: outcome as CommitOutcome<Name>, touched: store.touched, mailed: store.mailed, search: store.search }
}
