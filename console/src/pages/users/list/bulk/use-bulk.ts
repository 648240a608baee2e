import { useRef, useState } from 'react'
import type { Person } from '../question.ts'
import { showChanged } from '../use-people.ts'
import type { BulkAction } from './actions.ts'
import { type Progress, runBulk } from './run.ts'
import type { PersonDone } from './send.ts'

/** Finds those who are meant, in the way that they were picked. */
export type Find = (running: {
  signal: AbortSignal
  onProgress: (progress: Progress) => void
}) => Promise<readonly Person[]>

export type BulkState =
  | { readonly stage: 'asked' }
  | { readonly stage: 'running'; readonly progress: Progress; readonly of: number | null; readonly isStopping: boolean }
  | { readonly stage: 'over'; readonly report: Report }

export interface Report {
  readonly done: readonly Person[]
  readonly refused: readonly { readonly person: Person; readonly why: string }[]
  /** Whom it did not come to. */
  readonly left: readonly Person[]
  /** What stopped it. */
  readonly error: unknown
}

/** Work on many people: its course, how to stop it, and how to go on where it stopped. */
export function useBulk(action: BulkAction, find: Find) {
  const [state, setState] = useState<BulkState>({ stage: 'asked' })
  const stop = useRef(new AbortController())
  const told = useRef<PersonDone[]>([])

  const work = async (whom: Find): Promise<Report> => {
    stop.current = new AbortController()
    const { signal } = stop.current
    let of: number | null = null
    const before = told.current.length
    const onProgress = (progress: Progress) => {
      const count = progress.phase === 'doing' ? before + progress.count : progress.count
      setState({ stage: 'running', progress: { ...progress, count }, of, isStopping: signal.aborted })
    }
    onProgress({ phase: 'finding', count: 0, pausedUntilMs: null })
    const ended = await attempt(async () => {
      const people = await whom({ signal, onProgress })
      of = before + people.length
      onProgress({ phase: 'doing', count: 0, pausedUntilMs: null })
      const onDone = (done: readonly PersonDone[]) => {
        told.current = [...told.current, ...done]
        showChanged(new Map(done.flatMap((one) => ('became' in one ? [[one.person.id, one.became] as const] : []))))
      }
      return runBulk(action, people, { signal, onProgress, onDone })
    })
    const report = {
      done: told.current.flatMap((one) => ('became' in one ? [one.person] : [])),
      refused: told.current.flatMap((one) => ('why' in one ? [one] : [])),
      left: ended.left,
      error: signal.aborted ? null : ended.error,
    }
    setState({ stage: 'over', report })
    return report
  }

  return {
    state,
    start: () => work(find),
    goOn: (left: readonly Person[]) => work(async () => left),
    stop: () => {
      stop.current.abort()
      setState((now) => (now.stage === 'running' ? { ...now, isStopping: true } : now))
    },
  }
}

type Ended = Awaited<ReturnType<typeof runBulk>>

async function attempt(work: () => Promise<Ended>): Promise<Ended> {
  try {
    return await work()
  } catch (error) {
    return { left: [], error }
  }
}
