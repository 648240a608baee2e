import { openDirectoryFor } from '../app/directory.ts'
import type { Environment } from '../app/settings.ts'
import { system } from '../core/actor.ts'
import { houseRule } from '../core/credentials/password-rule.ts'
import { form } from '../core/form.ts'
import { createUser } from '../core/users/create-user.ts'
import {
  CommandFailure,
  type ExitCode,
  exitCodes,
  logAside,
  say,
  sayJson,
  settingsFrom,
  UsageError,
} from './command.ts'
import { faultInWords } from './fault-words.ts'
import { newPassword, refuseWithoutTerminal, told } from './terminal.ts'

export interface AdminOptions {
  readonly email?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly passwordStdin?: boolean
  readonly json?: boolean
}

/** Adds an active admin whose password follows the house rule. */
export async function createAdmin(environment: Environment, options: AdminOptions): Promise<ExitCode> {
  const settings = settingsFrom(environment)
  const { email, password } = await ask(options)
  const { firstName, lastName, json = false } = options
  const values = {
    ...{ email, password, role: 'admin', status: 'active' },
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
  }

  await using directory = await openDirectoryFor(settings, { log: logAside(settings), through: 'any' })
  const created = await createUser(directory.core, system, form(values), houseRule)

  if (!created.ok) throw failureOf(created.refusal)
  const { id } = created.value
  if (json) sayJson({ id, email: created.value.email, role: created.value.role })
  else say(`${created.value.email} is an admin and can sign in.`)
  return exitCodes.ok
}

type Refused = Extract<Awaited<ReturnType<typeof createUser>>, { ok: false }>['refusal']

function failureOf(refusal: Refused): CommandFailure {
  const failed = exitCodes.failed
  switch (refusal.code) {
    case 'invalid':
      return new CommandFailure(refusal.faults.map(faultInWords).join('\n'), { exitCode: failed, code: 'INVALID' })
    case 'email_taken':
    case 'username_taken':
      return new CommandFailure(
        'Somebody in the directory has this e-mail address already: choose another, or have an admin promote them.',
        { exitCode: exitCodes.conflict, code: 'EMAIL_ALREADY_EXISTS' },
      )
    case 'busy':
      return new CommandFailure('This machine is too busy to hash the password: try again.', {
        exitCode: exitCodes.unavailable,
        code: 'BUSY',
      })
    case 'not_allowed':
      return new CommandFailure('This command may not add users.', { exitCode: failed, code: 'NOT_ALLOWED' })
  }
}

async function ask({ email, passwordStdin = false }: AdminOptions): Promise<{ email: string; password: string }> {
  if (passwordStdin) {
    if (email === undefined) throw new UsageError('Say who the admin is with --email.')
    return { email, password: await newPassword(true) }
  }
  refuseWithoutTerminal()
  const prompts = await import('@clack/prompts')
  const address = email ?? told(await prompts.text({ message: 'E-mail address', output: process.stderr }))
  return { email: address, password: await newPassword(false) }
}
