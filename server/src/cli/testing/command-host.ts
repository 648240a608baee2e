import { getPriority } from 'node:os'
import { Readable, Writable } from 'node:stream'

/*
 * Runs commands one after another, as a process of their own would: the same entry with the same words, settings and streams. To load the program
 * takes many times as long as most commands do.
 */

/** What a command is started with. */
export interface Started {
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Standard input. */
  readonly input: string
}

/** What it said, and how it ended. */
export interface Ended {
  readonly code: number
  /** It had this process stand back, which not every user may undo. */
  readonly stoodBack: boolean
  readonly out: string
  readonly errors: string
}

const entry = new URL('../main.ts', import.meta.url)
const [node = '', launcher = ''] = process.argv
const priority = getPriority()
let runs = 0

process.on('message', async (started: Started) => process.send?.(await run(started)))
process.on('disconnect', () => process.exit())

async function run({ words, environment, input }: Started): Promise<Ended> {
  const [out, errors] = [openSink(), openSink()]
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  process.argv = [node, launcher, ...words]
  process.exitCode = undefined
  const streams = { stdin: Readable.from([Buffer.from(input)], { objectMode: false }), stdout: out, stderr: errors }
  for (const [name, value] of Object.entries(streams))
    Object.defineProperty(process, name, { value, configurable: true })
  runs += 1
  await import(`${entry}?run=${runs}`)
  const code = Number(process.exitCode ?? 0)
  process.exitCode = undefined
  return { code, stoodBack: getPriority() !== priority, out: out.text(), errors: errors.text() }
}

function openSink(): Writable & { text(): string } {
  const chunks: Buffer[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return Object.assign(sink, { text: () => Buffer.concat(chunks).toString() })
}
