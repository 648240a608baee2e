import { complain, exitCodes, say } from './command.ts'

export interface Progress {
  /** So many are done by now. */
  reach(done: number): void
  end(words: string, well: boolean): void
}

const shares = 10

interface ProgressOptions {
  /** Null when nobody knows: then only the end is told. */
  readonly total: number | null
  readonly quiet: boolean
  readonly inWords: (done: number) => string
}

/**
 * On standard error a bar at a terminal, a line for each tenth elsewhere, nothing when quiet. How it ended is the answer, and goes to standard
 * output.
 */
export async function showProgress({ total, quiet, inWords }: ProgressOptions): Promise<Progress> {
  if (quiet) return { reach() {}, end() {} }
  if (total === null) return { reach() {}, end: tellEnd }
  return process.stderr.isTTY ? bar(total, inWords) : lines(total, inWords)
}

function lines(total: number, inWords: (done: number) => string): Progress {
  let told = 0
  return {
    reach(done) {
      const share = Math.floor((done / total) * shares)
      if (share > told && share < shares) complain(inWords(done))
      told = Math.max(told, share)
    },
    end: tellEnd,
  }
}

async function bar(total: number, inWords: (done: number) => string): Promise<Progress> {
  const { progress } = await import('@clack/prompts')
  const shown = progress({ max: total, cancelMessage: 'Stopped; whoever was added stays.', output: process.stderr })
  let before = 0
  // The bar takes the keyboard, and ends the process as if all were well when somebody types Ctrl-C.
  const onExit = () => {
    process.exitCode = exitCodes.interrupted
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
      shown.clear()
      tellEnd(words, well)
    },
  }
}

function tellEnd(words: string, well: boolean): void {
  if (well) say(words)
  else complain(words)
}
