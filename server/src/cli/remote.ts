import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { ApiError, ConnectionError, SUDIGITALClient, SUDIGITALError } from '#client'
import type { Environment } from '../app/settings.ts'
import { CommandFailure, causeOf, type ExitCode, exitCodes, UsageError } from './command.ts'
import { printable } from './table.ts'

const defaultUrl = 'http://localhost:3001'

/** How many of those whom a search finds are looked through for somebody of just that name. */
const lookedThroughMax = 500

/** A server, as whoever holds `ROSTER_TOKEN`. */
export async function connect({ ROSTER_URL, ROSTER_TOKEN, ROSTER_TOKEN_FILE }: Environment): Promise<SUDIGITALClient> {
  const token = ROSTER_TOKEN || (ROSTER_TOKEN_FILE && (await readToken(ROSTER_TOKEN_FILE)))
  if (!token) {
    throw new UsageError(
      'Give an API token in ROSTER_TOKEN, or in a file that ROSTER_TOKEN_FILE names: `POST /api/tokens` makes one.',
    )
  }
  const baseURL = ROSTER_URL || defaultUrl
  if (!URL.canParse(baseURL)) throw new UsageError('ROSTER_URL is not an address such as https://users.example.com.')
  const { protocol, hostname } = new URL(baseURL)
  if (protocol !== 'https:' && !isThisMachine(hostname)) {
    throw new UsageError('ROSTER_URL has to begin with https, or the token could be read on its way.')
  }
  return new SUDIGITALClient({ baseURL, token, headers: { 'user-agent': 'roster' } })
}

async function readToken(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    throw new UsageError(`ROSTER_TOKEN_FILE cannot be read: ${causeOf(thrown.code)}.`)
  })
  return text.trim()
}

function isThisMachine(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]') return true
  return isIP(hostname) === 4 && hostname.startsWith('127.')
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id of whoever is named by id, e-mail address or username; of names only one that is the same but for letter case. */
export async function idOf(client: SUDIGITALClient, who: string): Promise<string> {
  if (uuid.test(who)) return who
  if (who.trim() === '') throw new UsageError('Say who is meant: by id, e-mail address or username.')
  const wanted = canonical(who)
  let seen = 0
  for await (const { id, email, username } of client.users.all({
    search: who,
    fields: ['id', 'email', 'username'],
    count: false,
  })) {
    if (id !== undefined && [email, username].some((name) => name && canonical(name) === wanted)) return id
    seen += 1
    if (seen === lookedThroughMax) throw notFound('Too many people have that in their names: name them by id.')
  }
  throw notFound('Nobody has this e-mail address or username.')
}

function notFound(message: string): CommandFailure {
  return new CommandFailure(message, { exitCode: exitCodes.notFound, code: 'USER_NOT_FOUND' })
}

function canonical(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

/** Does what it is given, and tells in our words what the server or the network made of it. */
export async function remotely<Result>(work: () => Promise<Result>): Promise<Result> {
  return work().catch((thrown: unknown) => {
    throw thrown instanceof SUDIGITALError ? failureOf(thrown) : thrown
  })
}

function failureOf(error: SUDIGITALError): CommandFailure {
  const { code, message } = error
  if (error instanceof ApiError) {
    const lines = [
      `${sentence(message)} (${code})`,
      ...error.details.filter((one) => one.message !== message).map((one) => printable(`${one.field}: ${one.message}`)),
    ]
    return new CommandFailure(lines.join('\n'), { exitCode: exitCodeOf(error), code })
  }
  if (error instanceof ConnectionError) {
    return new CommandFailure(`The server does not answer: is it running, and is ROSTER_URL right? (${code})`, {
      exitCode: exitCodes.unavailable,
      code,
    })
  }
  return new CommandFailure(`${sentence(message)} (${code})`, { exitCode: exitCodes.usage, code })
}

const byStatus: Readonly<Record<number, ExitCode>> = {
  401: exitCodes.notAllowed,
  403: exitCodes.notAllowed,
  404: exitCodes.notFound,
  409: exitCodes.conflict,
  412: exitCodes.conflict,
  429: exitCodes.unavailable,
  503: exitCodes.unavailable,
}

/** What cannot be read as an answer of Roster's says nothing about anybody, whatever its status. */
function exitCodeOf({ code, status }: ApiError): ExitCode {
  return code === 'UNREADABLE_ANSWER' ? exitCodes.failed : (byStatus[status] ?? exitCodes.failed)
}

function sentence(message: string): string {
  const shown = printable(message)
  return /[.!?]$/.test(shown) ? shown : `${shown}.`
}
