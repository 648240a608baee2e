import { client } from '../../../../client/client.ts'
import { onceKey } from '../../../../client/once-key.ts'
import { patiently } from '../../../../client/patiently.ts'
import { currentOwner, refuseOthers } from '../../../../session/owner.ts'
import type { filterFor, Person } from '../question.ts'
import type { BulkAction } from './actions.ts'
import { type PersonDone, send } from './send.ts'

/** As many at once as make use of a minute's ten batches and 2,000 operations. */
const perRequest = 200
/** Fewer, where each may take requests of its own. */
const invitedPerRequest = 50
/** More than this is work for the command line. */
export const bulkMax = 10_000
const perPage = 100

export interface Progress {
  readonly phase: 'finding' | 'doing'
  readonly count: number
  /** Until when the server has asked to wait. */
  readonly pausedUntilMs: number | null
}

interface Running {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Everybody who matches by now, before anything is done that would change who does. */
export async function findAll(
  filter: ReturnType<typeof filterFor>,
  isMeant: (id: string) => boolean,
  { signal, onProgress }: Running,
): Promise<readonly Person[]> {
  const people: Person[] = []
  let cursor: string | null | undefined = ''
  while (cursor !== null && cursor !== undefined && people.length < bulkMax) {
    const from: string = cursor
    const onPause = (pausedUntilMs: number | null) =>
      onProgress({ phase: 'finding', count: people.length, pausedUntilMs })
    const page = await patiently(
      () => client.users.list({ ...filter, cursor: from, limit: perPage, count: false }, { signal }),
      { signal, onPause },
    )
    people.push(...page.data.filter(({ id }) => isMeant(id)))
    cursor = page.meta.next
    onProgress({ phase: 'finding', count: people.length, pausedUntilMs: null })
  }
  return people.slice(0, bulkMax)
}

/**
 * Does it with everybody in `people`, some at a time, and hands over what came of each as soon as it is known. What was sent is waited for even when
 * the work is cancelled, so that it is known what came of it. Whoever was not reached is answered, with what stopped it; null where they were told to.
 */
export async function runBulk(
  action: BulkAction,
  people: readonly Person[],
  { signal, onProgress, onDone }: Running & { readonly onDone: (done: readonly PersonDone[]) => void },
): Promise<{ readonly left: readonly Person[]; readonly error: unknown }> {
  const size = action.kind === 'invite' ? invitedPerRequest : perRequest
  const owner = currentOwner()
  for (let from = 0; from < people.length; from += size) {
    const some = people.slice(from, from + size)
    const idempotencyKey = onceKey()
    const onPause = (pausedUntilMs: number | null) => onProgress({ phase: 'doing', count: from, pausedUntilMs })
    try {
      signal.throwIfAborted()
      const attempt = () => {
        refuseOthers(owner)
        return send(action, some, { idempotencyKey, timeoutMs: batchMs })
      }
      onDone(await patiently(attempt, { signal, onPause }))
    } catch (error) {
      return { left: people.slice(from), error: signal.aborted ? null : error }
    }
    onProgress({ phase: 'doing', count: from + some.length, pausedUntilMs: null })
  }
  return { left: [], error: null }
}

const batchMs = 120_000
