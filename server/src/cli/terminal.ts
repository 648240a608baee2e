import { CommandFailure, exitCodes, UsageError } from './command.ts'
import { readPassword } from './typed-password.ts'

/** Goes on if whoever sits at the terminal says so, and nowhere else. */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('This asks at a terminal whether you are sure; elsewhere, say --yes.')
  const prompts = await import('@clack/prompts')
  if ((await prompts.confirm({ message: question, initialValue: false, output: process.stderr })) !== true) giveUp()
}

/** From standard input, or asked for, twice. */
export async function newPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin) return readPassword()
  refuseWithoutTerminal()
  const prompts = await import('@clack/prompts')
  const output = process.stderr
  const password = told(
    await prompts.password({ message: 'Password', output, validate: (text) => (text ? undefined : 'Type one.') }),
  )
  const again = (text: string | undefined) => (text === password ? undefined : 'This is not what you typed before.')
  told(await prompts.password({ message: 'The same password again', output, validate: again, clearOnError: true }))
  return password
}

export function refuseWithoutTerminal(): void {
  if (process.stdin.isTTY) return
  throw new UsageError('The password is asked for at a terminal; elsewhere, hand it over with --password-stdin.')
}

/** What was typed, unless that was Ctrl-C. */
export function told(answer: string | symbol): string {
  return typeof answer === 'string' ? answer : giveUp()
}

function giveUp(): never {
  throw new CommandFailure('Nothing was done.', { exitCode: exitCodes.interrupted, code: 'INTERRUPTED' })
}
