import { styleText } from 'node:util'
import { pino } from '#pino'
import type { Settings } from './settings.ts'

/** All that a log entry may say. There is no field for a name, an address, a body or a token, and none may be added. */
export type LogFields = {
  readonly requestId?: string
  readonly userId?: string
  readonly actorId?: string
  readonly contract?: string
  /** The pattern, never the path that was asked for. */
  readonly route?: string
  readonly method?: string
  readonly status?: number
  readonly durationMs?: number
  readonly code?: string
  readonly count?: number
  readonly node?: string
  /** Whatever was thrown: kept as `FaultFields`. */
  readonly fault?: unknown
}

/** An error without its message, which may quote what somebody sent; only the messages of our own faults are kept. */
export type FaultFields = {
  readonly name: string
  readonly code?: string
  readonly message?: string
  readonly frames: readonly string[]
  readonly cause?: FaultFields
}

export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (event: string, fields?: LogFields) => void>>

/** Error classes whose messages quote nobody. */
export type OwnFaults = readonly (abstract new (...given: never[]) => Error)[]

type Out = { write(line: string): void }

const causesMax = 5
const framesMax = 20

/** JSON lines in production, lines for a reader in development. `event` is a fixed phrase in kebab-case; what varies goes into fields. */
export function openLog(
  settings: Pick<Settings, 'production' | 'logLevel'>,
  { ownFaults = [], out }: { ownFaults?: OwnFaults; out?: Out } = {},
): Log {
  const lines = out ?? pino.destination({ dest: 1, sync: true })
  const logger = pino(
    {
      level: settings.logLevel,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    settings.production ? lines : { write: (line: string) => lines.write(readable(line)) },
  )
  const at =
    (level: keyof Log) =>
    (event: string, fields: LogFields = {}) => {
      if (logger.isLevelEnabled(level)) logger[level](declared(fields, ownFaults), event)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export function faultFields(thrown: unknown, ownFaults: OwnFaults = [], depth = 0): FaultFields {
  if (!(thrown instanceof Error)) return { name: `thrown ${typeof thrown}`, frames: [] }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? word(thrown.code) : undefined
  return {
    name: word(thrown.name) ?? 'Error',
    ...(code && { code }),
    ...(ownFaults.some((own) => thrown instanceof own) && { message: thrown.message }),
    frames: framesOf(thrown),
    ...(thrown.cause !== undefined && depth < causesMax && { cause: faultFields(thrown.cause, ownFaults, depth + 1) }),
  }
}

/** The compiler lets a wider object pass for `LogFields`, so the fields are picked out by name. */
function declared(fields: LogFields, ownFaults: OwnFaults) {
  const { requestId, userId, actorId, contract, route, method, status, durationMs, code, count, node, fault } = fields
  return {
    ...{ requestId, userId, actorId, contract, route, method, status, durationMs, code, count, node },
    ...('fault' in fields && { fault: faultFields(fault, ownFaults) }),
  }
}

/** The message is cut out first: it may have lines that look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const lines = stack.replace(message, '').split('\n')
  const frames = lines.filter((line) => /^ +at .+:\d+:\d+\)?$/.test(line))
  return frames.slice(0, framesMax).map((line) => line.trim())
}

/** Names and codes are identifiers; anything else might be a quotation. */
function word(text: string): string | undefined {
  return /^[A-Za-z0-9_]{1,64}$/.test(text) ? text : undefined
}

const styles = { debug: 'dim', info: 'green', warn: 'yellow', error: 'red' } as const

type Entry = { level: keyof Log; time: string; event: string; fault?: FaultFields } & LogFields

function readable(line: string): string {
  const { level, time, event, fault, ...fields }: Entry = JSON.parse(line)
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${plain(value)}`)
  const head = `${time.slice(11, 23)} ${styleText(styles[level], level.padEnd(5), { stream: process.stdout })} ${event}${pairs.join('')}`
  return `${[head, ...(fault ? faultLines(fault) : [])].join('\n')}\n`
}

function faultLines({ name, code, message, frames, cause }: FaultFields): string[] {
  const head = [name, code && `(${code})`, message && JSON.stringify(message)].filter(Boolean).join(' ')
  return [`  ${head}`, ...frames.map((frame) => `    ${frame}`), ...(cause ? faultLines(cause) : [])]
}

function plain(value: unknown): string {
  const text = String(value)
  return /^[\w./:*@-]+$/.test(text) ? text : JSON.stringify(text)
}
