import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ended, Started } from './command-host.ts'

const top = join(import.meta.dirname, '../../../..')
const launcher = join(top, 'server/bin/roster.mjs')
const compiled = join(top, 'node_modules/.cache/roster')
const own: Command = [process.execPath, launcher, 'serve']
const readyMsMax = 30_000
const pollMs = 20
/** Whatever takes longer hangs. */
const runMsMax = 120_000

type Command = readonly [program: string, ...words: string[]]

/** What a process said, and how it ended. */
export interface Answer {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly errors: string
}

export interface RunningServer {
  readonly url: string
  readonly child: ChildProcess
  /** From the start of the process until it was ready. */
  readonly readyMs: number
  /** Waits for words on standard output, and answers them. */
  until(words: RegExp): Promise<string>
  stop(signal?: NodeJS.Signals): Promise<Answer>
  readonly ended: Promise<Answer>
}

/** The command line as people use it, with a place of its own for what it keeps. Whatever still runs at the end is killed. */
export interface House extends AsyncDisposable {
  readonly dataDirectory: string
  /** The settings of every process, besides those it is given. */
  readonly environment: Readonly<Record<string, string>>
  /** The first of each command has a process of its own, and so has what runs beside another; all others share one, one after another. */
  run(words: readonly string[], options?: RunOptions): Promise<Answer>
  serve(options?: ServeOptions): Promise<RunningServer>
}

interface RunOptions {
  readonly settings?: Readonly<Record<string, string>>
  /** Standard input. */
  readonly input?: string
}

interface ServeOptions {
  readonly settings?: Readonly<Record<string, string>>
  /** In place of Node itself and the launcher. */
  readonly command?: Command
}

export async function openHouse(settings: Readonly<Record<string, string>> = {}): Promise<House> {
  const place = await mkdtemp(join(tmpdir(), 'roster-'))
  const dataDirectory = join(place, 'data')
  const { PATH = '', HOME = place } = process.env
  const environment = { PATH, HOME, DATA_DIR: dataDirectory, ...settings }
  const children = new Set<ChildProcess>()

  function begin([program, ...words]: Command, settingsOfOne: Readonly<Record<string, string>>) {
    const child = spawn(program, words, { cwd: top, env: { ...environment, ...settingsOfOne } })
    children.add(child)
    const heard = { out: '', errors: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      heard.out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      heard.errors += text
    })
    const ended = once(child, 'close').then(([code, signal]): Answer => {
      children.delete(child)
      return { ...heard, code, signal }
    })
    const until = async (words: RegExp) => {
      for (;;) {
        const found = words.exec(heard.out)
        if (found !== null) return found[0]
        await Promise.race([once(child.stdout, 'data'), ended.then(silenced)])
      }
    }
    return { child, ended, until }
  }

  return {
    dataDirectory,
    environment,
    async run(words, { settings: more = {}, input = '' } = {}) {
      if (isKnownToEnd(words) && !isBusy) return runInHost({ words, environment: { ...environment, ...more }, input })
      const { child, ended } = begin([process.execPath, launcher, ...words], more)
      child.stdin.on('error', () => {}).end(input)
      const limit = setTimeout(() => child.kill('SIGKILL'), runMsMax)
      return ended.finally(() => clearTimeout(limit))
    },
    async serve({ settings: more = {}, command = own } = {}) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const startedAtMs = performance.now()
      const { child, ended, until } = begin(command, { PORT: String(port), ...more })
      await ready(url, ended)
      const readyMs = performance.now() - startedAtMs
      const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
        child.kill(signal)
        return ended
      }
      return { url, child, readyMs, until, stop, ended }
    },
    async [Symbol.asyncDispose]() {
      const gone = [...children].map((child) => {
        child.kill('SIGKILL')
        return once(child, 'close')
      })
      await Promise.all(gone)
      await rm(place, { recursive: true, force: true })
    },
  }
}

const begun = new Set<string | undefined>()

/** Whether the command has run in a process of its own before, and ended that. A server takes hold of its process. */
function isKnownToEnd([command]: readonly string[]): boolean {
  const isKnown = begun.has(command)
  begun.add(command)
  return isKnown && command !== 'serve'
}

let host: ChildProcess | null = null
let isBusy = false

/** In a process that has loaded the program already. */
async function runInHost(started: Started): Promise<Answer> {
  const { PATH = '' } = process.env
  host ??= fork(join(import.meta.dirname, 'command-host.ts'), {
    cwd: top,
    env: { PATH, NODE_COMPILE_CACHE: compiled },
    // Of files that a command left open: the end of its own process closes them.
    execArgv: ['--no-warnings'],
  })
  const child = host
  const limit = setTimeout(() => child.kill('SIGKILL'), runMsMax)
  const over = new AbortController()
  isBusy = true
  child.ref()
  child.channel?.ref()
  try {
    child.send(started)
    const [ended] = await Promise.race([once(child, 'message', over), once(child, 'exit', over).then(gone)])
    const { stoodBack, ...answer } = ended as Ended
    if (stoodBack) {
      host = null
      child.disconnect()
    }
    return { ...answer, signal: null }
  } catch (fault) {
    host = null
    throw fault
  } finally {
    clearTimeout(limit)
    over.abort()
    isBusy = false
    child.unref()
    child.channel?.unref()
  }

  function gone(): never {
    throw new Error(`\`roster ${started.words.join(' ')}\` ended the process that it shares with others`)
  }
}

function silenced(answer: Answer): never {
  throw new Error(`the process ended before it said so: ${JSON.stringify(answer)}`)
}

async function ready(url: string, ended: Promise<Answer>): Promise<void> {
  let ending: Answer | null = null
  ended.then((answer) => {
    ending = answer
  })
  const endsAtMs = performance.now() + readyMsMax
  while (performance.now() < endsAtMs) {
    if (ending !== null) throw new Error(`the server ended before it was ready: ${JSON.stringify(ending)}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    if (answer?.ok) return
    await pause(pollMs)
  }
  throw new Error('the server was not ready in time')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('a server on loopback has no port')
  return address.port
}

/** The headers of somebody who has signed in, the documented admin unless told otherwise. */
export async function signIn(
  { url }: Pick<RunningServer, 'url'>,
  { email, password } = { email: 'admin@sudigital.com', password: 'admin123' },
): Promise<{ authorization: string }> {
  const answer = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`the sign-in was answered with ${answer.status}`)
  const { data } = (await answer.json()) as { data: { accessToken: string } }
  return { authorization: `Bearer ${data.accessToken}` }
}
