import { complain, exitCodes, say } from './command.ts'

export interface Progress {
  /** So many are done by now. */
  reach(done: number): void
  /** What goes on after all of it. */
  note(words: string): void
  end(words: string, well: boolean): void
  /** Whoever ended it says why. */
  clear(): void
}

const shares = 10

interface ProgressOptions {
  /** Null when nobody knows: then only the end is told. */
  readonly total: number | null
  readonly quiet: boolean
  readonly inWords: (done: number) => string
  /** How long a line waits for the one before; 0 unless said. */
  readonly lineMsMin?: number
  /** What a terminal is told after Ctrl-C. */
  readonly whenStopped?: string
}

/**
 * On standard error a bar at a terminal, a line for each tenth elsewhere, nothing when quiet. How it ended is the answer, and goes to standard
 * output.
 */
export async function showProgress(options: ProgressOptions): Promise<Progress> {
  const { total, quiet } = options
  if (quiet) return { reach() {}, note() {}, end() {}, clear() {} }
  if (total === null) return { reach() {}, note: complain, end: tellEnd, clear() {} }
  return process.stderr.isTTY ? bar(total, options) : lines(total, options)
}

function lines(total: number, { inWords, lineMsMin = 0 }: ProgressOptions): Progress {
  let toldAtMs = performance.now()
  let told = 0
  return {
    reach(done) {
      const share = Math.floor((done / total) * shares)
      const nowMs = performance.now()
      if (share <= told || share >= shares || nowMs - toldAtMs < lineMsMin) return
      complain(inWords(done))
      told = share
      toldAtMs = nowMs
    },
    note: complain,
    end: tellEnd,
    clear() {},
  }
}

async function bar(
  total: number,
  { inWords, whenStopped = 'Stopped; whoever was added stays.' }: ProgressOptions,
): Promise<Progress> {
  const { progress } = await import('@clack/prompts')
  const shown = progress({ max: total, cancelMessage: whenStopped, output: process.stderr })
  let before = 0
  // The bar takes the keyboard, and ends the process as if all were well when somebody types Ctrl-C.
  const onExit = () => {
    process.exitCode = exitCodes.interrupted
  }
  process.once('exit', onExit)
  shown.start(inWords(0))
  const clear = () => {
    process.off('exit', onExit)
    shown.clear()
  }
  return {
    reach(done) {
      shown.advance(done - before, inWords(done))
      before = done
    },
    note: (words) => shown.message(words),
    end(words, well) {
      clear()
      tellEnd(words, well)
    },
    clear,
  }
}

function tellEnd(words: string, well: boolean): void {
  if (well) say(words)
  else complain(words)
}
