import { join } from 'node:path'
import type { Roster } from '../app/assemble.ts'
import type { Settings } from '../app/settings.ts'
import { standingTestUsers } from '../app/test-users.ts'
import { styled } from './command.ts'

/** What a developer wants to know of a server that has just started. */
export async function banner(roster: Roster, settings: Settings): Promise<string> {
  const { directory, passwords } = roster.directory.core
  const signIns = (await standingTestUsers(directory, passwords)).map((user) => [user.email, user.password, user.role])
  const mounts = Object.entries(settings.mounts).filter(([, path]) => path !== null)
  const gateway = roster.expressGatewayPort
  const lines = [
    `${styled('bold', 'Roster')} is ready at ${styled(['cyan', 'underline'], roster.publicUrl)}`,
    '',
    ...titled('contracts', columns(mounts.map(([name, path]) => [name, String(path)]))),
    ...titled('no sign-in', gateway === null ? [] : [`express-gateway on port ${gateway} of this machine`]),
    ...titled('reference', settings.mounts.sudigital === null ? [] : [`${roster.publicUrl}/docs`]),
    ...titled('data', [placeOf(settings)]),
    ...titled('test users', columns(signIns)),
    ...titled('mail', [mailOf(roster, settings)]),
    ...titled('stop', ['Ctrl-C']),
  ]
  return `\n${lines.map((line) => (line === '' ? line : `  ${line}`)).join('\n')}\n`
}

/** Where mail goes, and where it can be read if it goes nowhere. */
function mailOf(roster: Roster, { smtp, mounts: { sudigital } }: Settings): string {
  if (smtp !== null) return `by ${smtp.host}`
  const house = sudigital === '/' ? '' : sudigital
  const place = house === null ? '' : `: ${roster.publicUrl}${house}/api/mail, for admins`
  return `kept in a mailbox, as SMTP_URL is not set${place}`
}

/** Of an address only what is no secret. */
export function placeOf({ databaseUrl, dataDirectory }: Settings): string {
  if (databaseUrl === null) return `${join(dataDirectory, 'roster.db')}, encrypted`
  const { host, pathname } = new URL(databaseUrl)
  return `PostgreSQL, ${host}${pathname}`
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.map((line, at) => `${styled('dim', (at === 0 ? title : '').padEnd(12))}${line}`)
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('   ')
      .trimEnd(),
  )
}
