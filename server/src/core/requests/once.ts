import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Commit, Core, KnownRequest, Transaction } from '../ports.ts'
import type { Refusal, RefusalCode } from '../refusals.ts'

/**
 * Does work for a request that may be sent again. Everything but the transactions is done as always, permissions first; a transaction that was
 * run for this request before is not run again, but answers what it did then. So the answer comes out the same, and only to a caller who
 * may still ask. The outcome is kept in the transaction that it is the outcome of: neither is ever there without the other.
 */
export async function once<T>(
  core: Core,
  request: KnownRequest,
  work: (core: Core) => T | Promise<T>,
): Promise<Outcome<T, 'idempotency_key_reused'>> {
  try {
    return grant(await work({ ...core, commit: rememberingCommit(core.commit, request) }))
  } catch (thrown) {
    if (thrown instanceof AnotherRequest) return refuse({ code: 'idempotency_key_reused' })
    throw thrown
  }
}

/** Goes through the use-case to `once`: no use-case need know that its request has a key. */
class AnotherRequest extends Error {}

function rememberingCommit(commit: Commit, request: KnownRequest): Commit {
  const runPart = async (name: string, input: unknown, part = 0) => {
    const done = await commit('once', { request, part, name: name as 'create-user', input })
    if (done.ok) return done.value
    if (done.refusal.code === 'idempotency_key_reused') throw new AnotherRequest()
    if (passes(done.refusal)) return done
    const kept = await commit('keep-refusal', { request, part, refusal: done.refusal })
    if (kept.ok) return kept.value
    throw new AnotherRequest()
  }
  return runPart as Commit
}

/** Whoever is told to come later is to be told something else then, and comes with the same key. */
function passes(refusal: Refusal): boolean {
  return 'retryAfterSeconds' in refusal || refusal.code === 'import_under_way'
}

/** Which part of a request this transaction is. */
export interface RequestPart {
  readonly request: KnownRequest
  readonly part: number
}

export type Effect = (transaction: Transaction, input: unknown) => Promise<Outcome<unknown, RefusalCode>>

/** Answers the outcome of `effect`, its own or the one that is kept. Two who come at once wait for each other here. */
export async function commitOnce(
  transaction: Transaction,
  { request, part }: RequestPart,
  effect: Effect,
  input: unknown,
): Promise<Outcome<Outcome<unknown, RefusalCode>, RefusalCode>> {
  const { store, nowMs } = transaction
  const recalled = await store.requests.recall(request, part, nowMs)
  if (recalled.kind === 'another') return refuse({ code: 'idempotency_key_reused' })
  if (recalled.kind === 'known') return grant(recalled.outcome as Outcome<unknown, RefusalCode>)
  const outcome = await effect(transaction, input)
  if (!outcome.ok) return outcome
  await store.requests.keep(request, part, outcome)
  return grant(outcome)
}

/**
 * Keeps a refusal, whose transaction was rolled back with whatever it would have kept. Should the same request have been served in between, its
 * outcome counts.
 */
export async function commitKeepRefusal(
  transaction: Transaction,
  { request, part, refusal }: RequestPart & { refusal: Refusal },
): Promise<Outcome<Outcome<unknown, RefusalCode>, 'idempotency_key_reused'>> {
  const { store, nowMs } = transaction
  const recalled = await store.requests.recall(request, part, nowMs)
  if (recalled.kind === 'another') return refuse({ code: 'idempotency_key_reused' })
  if (recalled.kind === 'known') return grant(recalled.outcome as Outcome<unknown, RefusalCode>)
  const outcome = refuse(refusal)
  await store.requests.keep(request, part, outcome)
  return grant(outcome)
}
