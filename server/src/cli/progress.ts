import { counted, say } from './command.ts'

export interface Progress {
  /** So many are done by now. */
  reach(done: number): void
  end(words: string, well: boolean): void
}

const shares = 10
const interrupted = 130

/** A bar at a terminal, a line for each tenth elsewhere, nothing when quiet. */
export async function showProgress(total: number, { quiet }: { quiet: boolean }): Promise<Progress> {
  if (quiet) return { reach() {}, end() {} }
  return process.stdout.isTTY ? bar(total) : lines(total)
}

function lines(total: number): Progress {
  let told = 0
  return {
    reach(done) {
      const share = Math.floor((done / total) * shares)
      if (share > told && share < shares) say(`${counted(done)} of ${counted(total)} people`)
      told = Math.max(told, share)
    },
    end: say,
  }
}

async function bar(total: number): Promise<Progress> {
  const { progress } = await import('@clack/prompts')
  const shown = progress({ max: total, cancelMessage: 'Stopped; whoever was added stays.' })
  let before = 0
  // The bar takes the keyboard, and ends the process as if all were well when somebody types Ctrl-C.
  const onExit = () => {
    process.exitCode = interrupted
  }
  process.once('exit', onExit)
  shown.start(`0 of ${counted(total)} people`)
  return {
    reach(done) {
      shown.advance(done - before, `${counted(done)} of ${counted(total)} people`)
      before = done
    },
    end(words, well) {
      process.off('exit', onExit)
      if (well) shown.stop(words)
      else shown.error(words)
    },
  }
}
