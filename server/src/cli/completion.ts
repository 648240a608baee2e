import type { Argument, Command, Option } from 'commander'
import { type ExitCode, exitCodes } from './command.ts'
import { bashScript } from './completion-bash.ts'
import { fishScript } from './completion-fish.ts'
import { zshScript } from './completion-zsh.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What can be typed behind a command, as far as the tree of commands says. */
export interface Place {
  /** `users list`; empty for the program itself. */
  readonly path: string
  readonly commands: readonly Named[]
  readonly options: readonly TypedOption[]
  /** In their order. */
  readonly arguments: readonly Value[]
}

export interface Named {
  readonly name: string
  readonly does: string
}

export interface TypedOption {
  /** `--role`, and `-h` where there is one. */
  readonly names: readonly string[]
  readonly does: string
  /** Null for what takes none. */
  readonly value: Value | null
}

/** One of these, a file, or what nobody can guess. */
export interface Value {
  readonly choices: readonly string[]
  readonly isFile: boolean
}

const scripts: Readonly<Record<Shell, (places: readonly Place[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

/** Writes what a shell has to read to complete the commands of this program. */
export function complete(program: Command, shell: Shell): ExitCode {
  process.stdout.write(completionScript(program, shell))
  return exitCodes.ok
}

export function completionScript(program: Command, shell: Shell): string {
  return scripts[shell](placesIn(program))
}

function placesIn(command: Command, path = ''): Place[] {
  const help = command.createHelp()
  const place: Place = {
    path,
    commands: help.visibleCommands(command).map((one) => ({ name: one.name(), does: help.subcommandDescription(one) })),
    options: help.visibleOptions(command).map(typed),
    arguments: command.registeredArguments.map(valueIn),
  }
  const below = command.commands.flatMap((one) => placesIn(one, `${path} ${one.name()}`.trim()))
  return [place, ...below, ...helpOf(place)]
}

/** `help` is none of the commands of the tree, and takes the name of any of its neighbours. */
function helpOf({ path, commands }: Place): Place[] {
  const choices = commands.map(({ name }) => name).filter((name) => name !== 'help')
  if (choices.length === 0) return []
  return [{ path: `${path} help`.trim(), commands: [], options: [], arguments: [{ choices, isFile: false }] }]
}

function typed(option: Option): TypedOption {
  const names = [option.long, option.short].filter((name) => name !== undefined && name !== null)
  const takesValue = option.required || option.optional
  const value = { choices: option.argChoices ?? [], isFile: namesFile(option.flags) }
  return { names, does: option.description, value: takesValue ? value : null }
}

function valueIn(argument: Argument): Value {
  return { choices: argument.argChoices ?? [], isFile: namesFile(argument.name()) }
}

function namesFile(words: string): boolean {
  return /\b(?:file|directory|folder|path)\b/.test(words)
}
