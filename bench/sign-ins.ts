import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { load, shot } from './load.ts'
import type { MeasuredServer } from './measured-server.ts'

const turnSeconds = 4
/** Fewer than may wait, and more: the second ones are to be sent away. */
const callers = 32
const tooManyCallers = 160
const readsPerSecond = 100
const readers = 8

export interface SignInFigures {
  readonly perSecond: number
  /** What all processors do of the same hash, and nothing else. */
  readonly bareHashesPerSecond: number
  readonly ratio: number
  /** Of reads by id at a steady pace meanwhile, counted from when they were due. */
  readonly readsP50Ms: number
  readonly readsP99Ms: number
  /** Those who were sent away while too many came. */
  readonly refusedPerSecond: number
  readonly refusedP50Ms: number
  readonly refusedP99Ms: number
}

/** Sign-ins at once, as many as there is room for and then too many, with reads beside them. */
export async function measureSignIns(
  { port }: MeasuredServer,
  { token, rounds }: { token: string; rounds: number },
): Promise<SignInFigures> {
  const signIn = shot('POST', '/api/auth/login', {
    body: JSON.stringify({ email: 'admin@sudigital.com', password: 'admin123' }),
  })
  const flood = { ...signIn, statuses: [200, 503] }
  const me = shot('GET', '/api/users/me', { token })
  const turns: SignInFigures[] = []
  for (let round = 0; round < rounds; round += 1) {
    const bareHashesPerSecond = await hashesPerSecond()
    const [signedIn, reads] = await Promise.all([
      load(port, () => signIn, { connections: callers, seconds: turnSeconds }),
      load(port, () => me, { connections: readers, seconds: turnSeconds, perSecond: readsPerSecond }),
    ])
    const { byStatus } = await load(port, () => flood, {
      connections: tooManyCallers,
      seconds: turnSeconds,
      pauseMs: 20,
    })
    const refused = byStatus.get(503)
    turns.push({
      perSecond: signedIn.perSecond,
      bareHashesPerSecond,
      ratio: signedIn.perSecond / bareHashesPerSecond,
      readsP50Ms: reads.p50Ms,
      readsP99Ms: reads.p99Ms,
      refusedPerSecond: refused?.perSecond ?? 0,
      refusedP50Ms: refused?.p50Ms ?? Number.NaN,
      refusedP99Ms: refused?.p99Ms ?? Number.NaN,
    })
  }
  const of = (key: keyof SignInFigures) =>
    turns.map((turn) => turn[key]).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
  return Object.fromEntries(
    (Object.keys(turns[0] ?? {}) as (keyof SignInFigures)[]).map((key) => [key, of(key)]),
  ) as never
}

async function hashesPerSecond(): Promise<number> {
  const script = fileURLToPath(new URL('bare-hashes.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(turnSeconds)])
  return Number(stdout)
}
