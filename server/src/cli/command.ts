import { styleText } from 'node:util'
import { ownFaults } from '../app/faults.ts'
import { type Log, openLog } from '../app/log.ts'
import { type Environment, readSettings, type Settings, tellMistakes } from '../app/settings.ts'

/** How a command ends: done, failed, or never begun because of what it was told. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The command cannot do what it was told to; the message says why, for the operator. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export function settingsFrom(environment: Environment): Settings {
  const { settings, mistakes } = readSettings(environment)
  if (mistakes) throw new UsageError(tellMistakes(mistakes))
  return settings
}

/** For commands whose answer goes to standard output: what is logged goes to the other one. */
export function logAside(settings: Settings): Log {
  return openLog(settings, { ownFaults, out: { write: (line: string) => process.stderr.write(line) } })
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

export type Style = Parameters<typeof styleText>[0]

/** Plain where standard output is no terminal or `NO_COLOR` asks for it. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** `12,345`, the same on every machine. */
export function counted(n: number): string {
  return n.toLocaleString('en-US')
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'there is none of that name',
  EEXIST: 'there is one of that name, and nothing is written over',
  EISDIR: 'that is a directory',
  EACCES: 'this account may not',
}

/** Why a file that the operator named cannot be had, in words where we have some, and by the system's own code. */
export function causeOf(code: string | undefined): string {
  const words = code === undefined ? undefined : causes[code]
  return words === undefined ? String(code) : `${words} (${code})`
}
