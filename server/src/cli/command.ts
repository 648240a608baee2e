import { styleText } from 'node:util'
import { ownFaults } from '../app/faults.ts'
import { type Log, openLog } from '../app/log.ts'
import { type Environment, readSettings, type Settings, tellMistakes } from '../app/settings.ts'

/** How a command ends; `exitMeanings` says what each is for. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  notAllowed: 4,
  conflict: 5,
  unavailable: 6,
  interrupted: 130,
  unread: 141,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** One table for all commands, shown by `--help` and in docs/command-line.md. */
export const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'done',
  failed: 'failed, or done in part: what is missing is told',
  usage: 'wrong usage or settings: nothing was begun',
  notFound: 'there is nobody, or nothing, of that name',
  notAllowed: 'whoever asks may not do this, or the token does not stand',
  conflict: 'something that is there already stands against it',
  unavailable: 'the server does not answer, or has too much to do: try again later',
  interrupted: 'ended by Ctrl-C',
  unread: 'whoever was to read the answer stopped reading, as `head` does',
}

export interface FailureDetail {
  readonly field: string
  readonly message: string
}

interface FailureFacts {
  readonly exitCode: ExitCode
  readonly code: string
  readonly details?: readonly FailureDetail[]
}

/** A command ends without having done what it was for. The message is for whoever typed it, in whole sentences, a line each. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure'
  readonly exitCode: ExitCode
  /** Stable, for programs: `--json` tells it. */
  readonly code: string
  /** What is wrong with each of the values that were sent. */
  readonly details: readonly FailureDetail[]

  constructor(message: string, { exitCode, code, details = [] }: FailureFacts) {
    super(message)
    this.exitCode = exitCode
    this.code = code
    this.details = details
  }
}

/** The command cannot do what it was told to; the message says why, for the operator. */
export class UsageError extends CommandFailure {
  override readonly name = 'UsageError'

  constructor(message: string) {
    super(message, { exitCode: exitCodes.usage, code: 'USAGE' })
  }
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

/** To standard output, where the answer goes and nothing else. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The answer of a command that was told `--json`: one document in one line. A list is one such line for each of its items. */
export function sayJson(answer: object): void {
  say(JSON.stringify(answer))
}

/** To standard error, where progress, advice and failures go. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

export type Style = Parameters<typeof styleText>[0]

/** Plain where standard output is no terminal or `NO_COLOR` asks for it. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** `1 organization`, `2 organizations`. */
export function countOf(n: number, one: string, more: string): string {
  return `${counted(n)} ${n === 1 ? one : more}`
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
