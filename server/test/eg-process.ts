import { createRequire } from 'node:module'
import { join, sep } from 'node:path'

/*
 * The product's command line, one command after the other: to load what it depends on takes a second of a processor, to run a command little of that.
 * What is its own is loaded anew for each, and so is what reads its arguments. A command is over when nothing is left to wait for, as in a process
 * that ends; then its exit code and a NUL are written behind what it said, on both streams.
 */

export interface EgCommand {
  readonly args: readonly string[]
  readonly adminUrl: string
}

const home = process.argv[2] ?? ''
const require = createRequire(join(home, 'package.json'))
const entry = join(home, 'bin/index.js')
const own = ['bin', 'lib', 'admin'].map((folder) => join(home, folder) + sep)

process.on('message', ({ args, adminUrl }: EgCommand) => {
  process.channel?.unref()
  process.argv = [process.execPath, entry, ...args]
  process.env.EG_ADMIN_URL = adminUrl
  process.exitCode = 0
  for (const path of Object.keys(require.cache)) {
    if (own.some((folder) => path.startsWith(folder)) || /[\\/]yargs/.test(path)) delete require.cache[path]
  }
  process.once('beforeExit', (code) => {
    process.channel?.ref()
    for (const stream of [process.stdout, process.stderr]) stream.write(`${code}\0`)
  })
  require(entry)
})
