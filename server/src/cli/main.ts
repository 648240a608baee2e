import { CommanderError } from 'commander'
import { explain, ownFaults } from '../app/faults.ts'
import { faultFields } from '../app/log.ts'
import { CommandFailure, complain, type ExitCode, exitCodes } from './command.ts'
import { commandLine, helpWords, pointerTo } from './command-line.ts'

/** A server says what it has to say elsewhere, too, and ends in good order. */
if (process.argv[2] !== 'serve') process.stdout.on('error', endUnread)

const ended = { code: exitCodes.ok as ExitCode }
const wantsJson = process.argv.slice(2).includes('--json')
try {
  await commandLine(async (begin) => {
    ended.code = await begin()
  }).parseAsync(helpWords(process.argv.slice(2)), { from: 'user' })
} catch (thrown) {
  ended.code = tell(thrown)
}
process.exitCode = ended.code

function endUnread(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'EPIPE') throw fault
  process.exit(exitCodes.unread)
}

/** Says on standard error why a command ended early: a line of JSON for programs, sentences for people. */
function tell(thrown: unknown): ExitCode {
  const isHelp = thrown instanceof CommanderError && /^commander\.(help|version)/.test(thrown.code)
  if (isHelp) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  const { exitCode, code, message, details } = failureOf(thrown)
  const told = { code, message: message.replaceAll('\n', ' '), ...(details.length > 0 && { details }) }
  complain(wantsJson ? JSON.stringify({ error: told }) : message)
  return exitCode
}

/** In a sentence where the operator can do something about it, else for a report of a bug. */
function failureOf(thrown: unknown): CommandFailure {
  if (thrown instanceof CommandFailure) return thrown
  if (thrown instanceof CommanderError) {
    return new CommandFailure(`${sentence(thrown.message)} ${pointerTo(thrown)}`, {
      exitCode: exitCodes.usage,
      code: 'USAGE',
    })
  }
  const explained = explain(thrown)
  if (explained !== null) return new CommandFailure(explained, { exitCode: exitCodes.failed, code: 'FAILED' })
  const facts = JSON.stringify(faultFields(thrown, ownFaults), null, wantsJson ? 0 : 2)
  return new CommandFailure(`This is a fault of Roster:\n${facts}`, { exitCode: exitCodes.failed, code: 'FAULT' })
}

/** `error: unknown command 'serv'` and what follows, as a sentence. */
function sentence(text: string): string {
  const said = text
    .trim()
    .replace(/^error: /, '')
    .split('\n')
    .map((line) => line.replace(/^\((.*)\)$/, '$1'))
    .join('. ')
  const whole = /[.?]$/.test(said) ? said : `${said}.`
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}`
}
