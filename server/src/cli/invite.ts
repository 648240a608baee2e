import { ApiError, type Invitation, type Role, type SUDIGITALClient } from '#client'
import type { Environment } from '../app/settings.ts'
import { CommandFailure, type ExitCode, exitCodes, say, sayJson } from './command.ts'
import { connect, remotely } from './remote.ts'
import { minuteOf } from './table.ts'

export interface InviteOptions {
  readonly role?: Role
  readonly firstName?: string
  readonly lastName?: string
  /** Sends the one that is pending. */
  readonly again?: boolean
  readonly json?: boolean
}

export async function inviteUser(environment: Environment, email: string, options: InviteOptions): Promise<ExitCode> {
  const { json = false, again = false, ...values } = options
  return remotely(async () => {
    const client = await connect(environment, { quiet: json })
    const invitation = again ? await sendAgain(client, email) : await invite(client, { ...values, email })
    if (json) sayJson(invitation)
    else say(`${email} is invited${again ? ' again' : ''}, until ${minuteOf(invitation.expiresAt)} UTC.`)
    return exitCodes.ok
  })
}

/** That the address is taken may come of an invitation that was sent before. */
async function invite(
  client: SUDIGITALClient,
  wanted: Parameters<SUDIGITALClient['invitations']['create']>[0],
): Promise<Invitation> {
  try {
    return await client.invitations.create(wanted)
  } catch (thrown) {
    const isTaken = thrown instanceof ApiError && thrown.code === 'EMAIL_ALREADY_EXISTS'
    const before = isTaken ? await pendingFor(client, wanted.email) : null
    if (before === null) throw thrown
    throw new CommandFailure(
      `${wanted.email} is invited already, until ${minuteOf(before.expiresAt)} UTC: --again sends the invitation once more.`,
      { exitCode: exitCodes.conflict, code: 'EMAIL_ALREADY_EXISTS' },
    )
  }
}

async function sendAgain(client: SUDIGITALClient, email: string): Promise<Invitation> {
  const before = await pendingFor(client, email)
  if (before !== null) return client.invitations.resend(before.id)
  throw new CommandFailure(`No invitation of ${email} is pending.`, {
    exitCode: exitCodes.notFound,
    code: 'INVITATION_NOT_FOUND',
  })
}

/** Into the directory: of those into organizations nobody is kept from being invited. */
async function pendingFor(client: SUDIGITALClient, email: string): Promise<Invitation | null> {
  for await (const invitation of client.invitations.all({ email, state: 'pending' }))
    if (invitation.organizationId === undefined) return invitation
  return null
}
