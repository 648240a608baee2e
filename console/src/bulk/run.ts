import { ApiError } from '@sudigital/client'
import { skipToken, useQuery } from '@tanstack/react-query'
import { onTokens } from '../client/client.ts'
import { patiently } from '../client/patiently.ts'
import { queries } from '../client/queries.ts'
import { isAsked } from '../session/begin-anew.ts'
import { currentOwner, ownerOf, refuseOthers } from '../session/owner.ts'
import type { Line } from './lines.ts'

/** What became of a line: null where it was taken, else why not, in words. */
export type Verdict = string | null

/** Lines that are sent by one request. It is called again when it came to nothing, and must then take effect once. */
export interface Part {
  readonly lines: readonly Line[]
  send(tell: (done: number) => void): Promise<readonly Verdict[]>
}

/** Many lines on their way to the server, part after part. It goes on whatever page is open. */
export interface Run {
  readonly state: 'running' | 'stopping' | 'stopped' | 'paused' | 'done'
  readonly total: number
  /** Lines of which it is known what became of them. */
  readonly done: number
  readonly refused: readonly Line[]
  /** Lines that were not even sent, because of what was known to be wrong with them. */
  readonly leftOut: readonly Line[]
  /** Until when the server asks for a pause, in milliseconds since 1970; null while it does not. */
  readonly waitsUntil: number | null
  /** Why it does not go on by itself. */
  readonly error: unknown
  /** Sends no further part. The one under way is not taken back. */
  readonly stop: () => void
  /** Goes on with what is left. */
  readonly goOn: () => void
}

queries.setQueryDefaults(['bulk'], { gcTime: Infinity, staleTime: Infinity, structuralSharing: false })

/** The run of a kind that is under way or over, if there is one. */
export function useRun(kind: string): Run | null {
  return useQuery<Run | null>({ queryKey: ['bulk', kind], queryFn: skipToken }).data ?? null
}

export function forgetRun(kind: string): void {
  queries.setQueryData(['bulk', kind], null)
}

interface StartRun {
  readonly kind: string
  readonly parts: readonly Part[]
  readonly leftOut: readonly Line[]
  /** Keys of what is out of date afterwards. */
  readonly changes: readonly string[]
}

/** Begins to send. Whoever signs out meanwhile ends it, and whoever signs in again, as the same person, has it go on. */
export function startRun({ kind, parts, leftOut, changes }: StartRun): void {
  const [key, owner] = [['bulk', kind], currentOwner()]
  let stopping = new AbortController()
  let next = 0
  let run: Run = {
    ...begun,
    leftOut,
    total: parts.reduce((sum, { lines }) => sum + lines.length, 0),
    stop: () => {
      publish({ state: 'stopping' })
      stopping.abort()
    },
    goOn: () => {
      if (run.state !== 'paused' && run.state !== 'stopped') return
      stopping = new AbortController()
      publish({ state: 'running', error: null })
      void askingFirst(sendAll)
    },
  }
  const publish = (change: Partial<Run>) => {
    run = { ...run, ...change }
    queries.setQueryData(key, run)
  }
  const isGone = () => queries.getQueryData(key) !== run

  const sendAll = async () => {
    for (let part = parts[next]; part !== undefined; part = parts[next]) {
      if (isGone()) return
      if (isStopping(run)) return finish('stopped')
      const error = await send(part)
      if (isGone() || error === null) continue
      return isStopping(run) ? finish('stopped') : pause(error)
    }
    if (!isGone()) finish('done')
  }

  const send = async (part: Part): Promise<unknown> => {
    const before = run.done
    try {
      const verdicts = await patiently(() => sendOnce(part, before), { signal: stopping.signal, onPause })
      if (isGone()) return null
      next += 1
      publish({ done: before + part.lines.length, refused: [...run.refused, ...refusedOf(part, verdicts)] })
      return null
    } catch (error) {
      if (!isGone()) publish({ done: before })
      return error
    }
  }

  const sendOnce = (part: Part, before: number) => {
    refuseOthers(owner)
    if (isGone()) throw new Error('nobody waits for it any more')
    publish({ done: before })
    return part.send((done) => isGone() || publish({ done: before + done }))
  }
  const onPause = (waitsUntil: number | null) => isGone() || publish({ waitsUntil })

  const pause = (error: unknown) => {
    publish({ state: 'paused', error })
    onceSignedIn(error, owner, () => isGone() || run.goOn())
  }
  const finish = (state: 'stopped' | 'done') => {
    publish({ state })
    for (const noun of changes) void queries.invalidateQueries({ queryKey: [noun] })
  }

  publish({})
  void askingFirst(sendAll)
}

const begun = { state: 'running', done: 0, refused: [], waitsUntil: null, error: null } as const

function isStopping({ state }: Run): boolean {
  return state === 'stopping'
}

/** Goes on as soon as the same person is signed in again. */
function onceSignedIn(error: unknown, owner: string | null, goOn: () => void): void {
  if (!(error instanceof ApiError && error.status === 401)) return
  const leave = onTokens((tokens) => {
    leave()
    if (tokens !== null && ownerOf(tokens) === owner) goOn()
  })
}

/** Whoever closes the page meanwhile loses what has not been sent: the browser asks. */
async function askingFirst(work: () => Promise<void>): Promise<void> {
  addEventListener('beforeunload', askFirst)
  await work()
  removeEventListener('beforeunload', askFirst)
}

function askFirst(event: BeforeUnloadEvent): void {
  if (isAsked()) event.preventDefault()
}

function refusedOf({ lines }: Part, verdicts: readonly Verdict[]): Line[] {
  return lines.flatMap((line, place) => {
    const problem = verdicts[place] ?? null
    return problem === null ? [] : [{ ...line, problem }]
  })
}

/** Cuts lines into as few parts as the limits of batches allow for, and as many as make a bar move. */
export function cut(lines: readonly Line[], most: number): Line[][] {
  const size = Math.min(most, Math.max(20, Math.ceil(lines.length / 6)))
  const parts: Line[][] = []
  for (let from = 0; from < lines.length; from += size) parts.push(lines.slice(from, from + size))
  return parts
}
