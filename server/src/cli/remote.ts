import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { ApiError, ConnectionError, SUDIGITALClient, SUDIGITALError } from '#client'
import type { Environment } from '../app/settings.ts'
import { apiTokenPrefix } from '../core/api-tokens/api-token.ts'
import { CommandFailure, causeOf, complain, type ExitCode, exitCodes, UsageError } from './command.ts'
import { printable } from './table.ts'

const defaultUrl = 'http://localhost:3001'

/** How many of those whom a search finds are looked through for somebody of just that name. */
const lookedThroughMax = 500

export interface Asking {
  /** Whoever watches is told for how long the server has them wait. */
  readonly quiet: boolean
  /** No API token can do it, whatever it is for. */
  readonly inPerson?: boolean
}

/** A server, as whoever holds `ROSTER_TOKEN`. */
export async function connect(
  { ROSTER_URL, ROSTER_TOKEN, ROSTER_TOKEN_FILE }: Environment,
  { quiet, inPerson = false }: Asking,
): Promise<SUDIGITALClient> {
  const token = ROSTER_TOKEN || (ROSTER_TOKEN_FILE && (await readToken(ROSTER_TOKEN_FILE)))
  if (!token) {
    throw new UsageError(
      'Give an API token in ROSTER_TOKEN, or in a file that ROSTER_TOKEN_FILE names. The console makes one under “API tokens”, and so does `POST /api/tokens`.',
    )
  }
  if (inPerson && token.startsWith(apiTokenPrefix)) {
    throw new CommandFailure('This takes a session of your own: put its access token into ROSTER_TOKEN.', {
      exitCode: exitCodes.notAllowed,
      code: 'INSUFFICIENT_PERMISSIONS',
    })
  }
  const baseURL = readAddress(ROSTER_URL || defaultUrl)
  const headers = { 'user-agent': 'roster' }
  return new SUDIGITALClient({ baseURL, token, headers, ...(!quiet && { fetch: tellingWaits }) })
}

function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('ROSTER_URL has to begin with https:// or http://, as https://users.example.com does.')
  }
  if (url.protocol !== 'https:' && !isThisMachine(url.hostname)) {
    throw new UsageError('ROSTER_URL has to begin with https, or the token could be read on its way.')
  }
  return text
}

async function tellingWaits(...asked: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(...asked)
  const seconds = answer.headers.get('retry-after')
  if (seconds !== null && /^[1-9]\d{0,8}$/.test(seconds)) {
    complain(`The server has too much to do, and asks to wait ${inSeconds(Number(seconds))}.`)
  }
  return answer
}

function inSeconds(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`
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

export function isId(text: string): boolean {
  return uuid.test(text)
}

/** The id of whoever is named by id, e-mail address or username; of names only one that is the same but for letter case. */
export async function idOf(client: SUDIGITALClient, who: string): Promise<string> {
  if (isId(who)) return who
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
  if (error instanceof ApiError) return refusalOf(error)
  if (error instanceof ConnectionError) {
    return new CommandFailure(`The server does not answer: is it running, and is ROSTER_URL right? (${code})`, {
      exitCode: exitCodes.unavailable,
      code,
    })
  }
  return new CommandFailure(`${sentence(message)} (${code})`, { exitCode: exitCodes.usage, code })
}

function refusalOf(error: ApiError): CommandFailure {
  const { code, message } = error
  const details = error.details.map((one) => ({ field: printable(one.field), message: printable(one.message) }))
  const lines = [
    `${sentence(message)} (${code})`,
    ...adviceOn(error),
    ...details.filter((one) => one.message !== printable(message)).map((one) => `${one.field}: ${one.message}`),
  ]
  return new CommandFailure(lines.join('\n'), { exitCode: exitCodeOf(error), code, details })
}

/** What whoever typed the command can do about it. */
function adviceOn(error: ApiError): string[] {
  if (error.code === 'UNAUTHORIZED')
    return ['The token in ROSTER_TOKEN or ROSTER_TOKEN_FILE is wrong, over or revoked.']
  if (isNoRoute(error)) return ['There is no Roster at the address in ROSTER_URL, or it has another path.']
  return error.retryAfter === null ? [] : [`Try again in ${inSeconds(error.retryAfter)}.`]
}

/** Who is asked about is told to be missing by other codes. */
function isNoRoute({ code, status }: ApiError): boolean {
  return code === 'NOT_FOUND' && status === 404
}

const byStatus: Readonly<Record<number, ExitCode>> = {
  400: exitCodes.usage,
  401: exitCodes.notAllowed,
  403: exitCodes.notAllowed,
  404: exitCodes.notFound,
  409: exitCodes.conflict,
  412: exitCodes.conflict,
  429: exitCodes.unavailable,
  503: exitCodes.unavailable,
}

/** What cannot be read as an answer of Roster's says nothing about anybody, whatever its status. */
function exitCodeOf(error: ApiError): ExitCode {
  const { code, status } = error
  if (isNoRoute(error)) return exitCodes.usage
  return code === 'UNREADABLE_ANSWER' ? exitCodes.failed : (byStatus[status] ?? exitCodes.failed)
}

function sentence(message: string): string {
  const shown = printable(message)
  return /[.!?]$/.test(shown) ? shown : `${shown}.`
}
