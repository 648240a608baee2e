import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { EgCommand } from './eg-process.ts'

/* The published package of the product, as its users have it: never a dependency, kept once for this account, where no other one can reach it. */

const version = '1.16.11'
const kept = join(homedir(), '.cache/roster', `express-gateway-${version}`)
const installMsMax = 300_000
const commandMsMax = 120_000

/** The command line as a user of the machine finds it. */
export interface EgPackage extends AsyncDisposable {
  /** Runs `eg` with these arguments and what it is to read, and answers with everything it said. */
  run(door: Door, args: readonly string[], input?: string): Promise<string>
  /** Loads a module of the package: `admin`, `lib/schemas`. */
  load(path: string): unknown
}

/** Where the command line finds the API, and what it says there. */
export interface Door {
  readonly adminUrl: string
  readonly headers: Readonly<Record<string, string>>
}

export async function installEg(): Promise<EgPackage> {
  if (!(await exists(join(kept, 'node_modules')))) await install()
  const home = join(kept, 'node_modules/express-gateway')
  const place = await mkdtemp(join(tmpdir(), 'roster-eg-'))
  const config = join(place, 'config')
  await mkdir(config)
  for (const name of ['models', 'gateway.config.yml', 'system.config.yml']) {
    await cp(join(home, 'lib/config', name), join(config, name), { recursive: true })
  }
  const env = { ...process.env, EG_CONFIG_DIR: config, NO_COLOR: '1', FORCE_COLOR: '0' }
  const stays = openProcess(home, { cwd: place, env })
  return {
    run: ({ adminUrl, headers }, args, input) => {
      const said = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
      const all = [...args, ...said]
      if (input === undefined) return stays.run({ args: all, adminUrl })
      return run([join(home, 'bin/index.js'), ...all], { cwd: place, env: { ...env, EG_ADMIN_URL: adminUrl }, input })
    },
    load: (path) => createRequire(join(home, 'package.json'))(join(home, path)),
    async [Symbol.asyncDispose]() {
      await stays.close()
      await rm(place, { recursive: true, force: true })
    },
  }
}

/** A process that runs one command after the other. */
function openProcess(home: string, options: { cwd: string; env: NodeJS.ProcessEnv }) {
  const script = join(import.meta.dirname, 'eg-process.ts')
  const child = spawn(process.execPath, [script, home], { ...options, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] })
  const ended = once(child, 'close')
  const streams = [child.stdout, child.stderr] as const
  for (const stream of streams) stream?.setEncoding('utf8')
  let said = ''
  const tellOne = async (command: EgCommand) => {
    said = ''
    const overOn = streams.map(
      (stream) =>
        new Promise<void>((resolve) => {
          stream?.on('data', function hear(text: string) {
            said += text
            if (!text.includes('\0')) return
            stream.off('data', hear)
            resolve()
          })
        }),
    )
    child.send(command)
    const overdue = setTimeout(() => child.kill(), commandMsMax)
    await Promise.race([
      Promise.all(overOn),
      ended.then(() => assert.fail(`eg ${command.args.slice(0, 2).join(' ')} ended its process\n${said}`)),
    ])
    clearTimeout(overdue)
    const words = said.replaceAll('0\0', '')
    assert.ok(!words.includes('\0'), `eg ${command.args.slice(0, 2).join(' ')}\n${said}`)
    return withoutChatter(words)
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(command: EgCommand): Promise<string> {
      const next = last.then(() => tellOne(command))
      last = next.catch(() => {})
      return next
    },
    async close() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

/** Beside its place first, so that nobody finds half of it; whoever comes second takes what the first has put there. */
async function install() {
  await mkdir(dirname(kept), { recursive: true, mode: 0o700 })
  const fresh = await mkdtemp(`${kept}-`)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error']
  const args = ['install', '--prefix', fresh, ...flags, `express-gateway@${version}`]
  await promisify(execFile)(npm, args, { cwd: fresh, timeout: installMsMax, shell: process.platform === 'win32' })
  await rename(fresh, kept).catch(() => rm(fresh, { recursive: true, force: true }))
}

function run(args: string[], { input, ...options }: { cwd: string; env: NodeJS.ProcessEnv; input: string }) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...options, timeout: commandMsMax, stdio: 'pipe' })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      try {
        assert.equal(code, 0, `eg ${args.slice(1).join(' ')}\n${said}`)
        resolve(withoutChatter(said))
      } catch (failed) {
        reject(failed)
      }
    })
    child.stdin.end(input)
  })
}

/** Colours, and what its yargs says of itself. */
function withoutChatter(said: string): string {
  const plain = said.replace(/\u001b\[[0-9;]*m/g, '')
  return plain.replace(/Configuring yargs through package\.json is deprecated[^\n]*\n/g, '').trim()
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
