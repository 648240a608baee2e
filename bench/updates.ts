import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { load, shot } from './load.ts'
import type { MeasuredServer } from './measured-server.ts'

const turnSeconds = 2
const connections = 64
const pageBytes = 4096

export interface UpdateFigures {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Pages that were written, one by one, each waited for until it was on the disk. */
  readonly bareSyncsPerSecond: number
  /** Updates over bare syncs, round by round, the median of them. */
  readonly ratio: number
}

interface Given {
  readonly token: string
  readonly ids: readonly string[]
  /** On the disk that the server writes to. */
  readonly directory: string
  readonly rounds: number
}

/** Updates that were answered, so are on the disk, beside what the disk does for one who writes and waits. */
export async function measureUpdates(
  { port }: MeasuredServer,
  { token, ids, directory, rounds }: Given,
): Promise<UpdateFigures> {
  let n = 0
  const update = () => {
    n += 1
    const body = JSON.stringify({ profile: { bio: `bio ${n}` } })
    return shot('PATCH', `/api/users/${ids[n % ids.length]}`, { token, body })
  }
  const turns: UpdateFigures[] = []
  for (let round = 0; round < rounds; round += 1) {
    const figures = await load(port, update, { connections, seconds: turnSeconds })
    const bareSyncsPerSecond = syncsPerSecond(join(directory, 'bench-syncs'))
    const { perSecond, p50Ms, p99Ms } = figures
    turns.push({ perSecond, p50Ms, p99Ms, bareSyncsPerSecond, ratio: perSecond / bareSyncsPerSecond })
  }
  const of = (key: keyof UpdateFigures) =>
    turns.map((turn) => turn[key]).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
  return {
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    bareSyncsPerSecond: of('bareSyncsPerSecond'),
    ratio: of('ratio'),
  }
}

function syncsPerSecond(path: string): number {
  const file = openSync(path, 'w')
  try {
    const page = Buffer.alloc(pageBytes, 1)
    const startedAt = performance.now()
    let syncs = 0
    for (; performance.now() - startedAt < turnSeconds * 1000; syncs += 1) {
      writeSync(file, page, 0, pageBytes, syncs * pageBytes)
      fdatasyncSync(file)
    }
    return syncs / ((performance.now() - startedAt) / 1000)
  } finally {
    closeSync(file)
    rmSync(path)
  }
}
