import { say } from './command.ts'

export interface Progress {
  /** So many are done by now. */
  reach(done: number): void
  end(words: string, well: boolean): void
}

const shares = 10
const interrupted = 130

interface ProgressOptions {
  /** Null when nobody knows: then only the end is told. */
  readonly total: number | null
  readonly quiet: boolean
  readonly inWords: (done: number) => string
}

/** A bar at a terminal, a line for each tenth elsewhere, nothing when quiet. */
export async function showProgress({ total, quiet, inWords }: ProgressOptions): Promise<Progress> {
  if (quiet) return { reach() {}, end() {} }
  if (total === null) return { reach() {}, end: say }
  return process.stdout.isTTY ? bar(total, inWords) : lines(total, inWords)
}

function lines(total: number, inWords: (done: number) => string): Progress {
  let told = 0
  return {
    reach(done) {
      const share = Math.floor((done / total) * shares)
      if (share > told && share < shares) say(inWords(done))
      told = Math.max(told, share)
    },
    end: say,
  }
}

async function bar(total: number, inWords: (done: number) => string): Promise<Progress> {
  const { progress } = await import('@clack/prompts')
  const shown = progress({ max: total, cancelMessage: 'Stopped; whoever was added stays.' })
  let before = 0
  // The bar takes the keyboard, and ends the process as if all were well when somebody types Ctrl-C.
  const onExit = () => {
    process.exitCode = interrupted
  }
  process.once('exit', onExit)
  shown.start(inWords(0))
  return {
    reach(done) {
      shown.advance(done - before, inWords(done))
      before = done
    },
    end(words, well) {
      process.off('exit', onExit)
      if (well) shown.stop(words)
      else shown.error(words)
    },
  }
}
