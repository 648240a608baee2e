import { BrokenSeal, DamagedKeyRecord, WrongMasterKey } from '../adapters/keys.ts'
import { MountConflict } from '../http/routing.ts'
import { DatabaseTooNew, DatabaseUnavailable } from '../store/engines/engine.ts'
import { BackupTrouble } from './backups/manifest.ts'
import { UserTrouble } from './first-users.ts'
import type { OwnFaults } from './log.ts'
import { KeyTrouble } from './master-key.ts'

/** Our own errors, whose messages quote nobody and may be logged. */
export const ownFaults: OwnFaults = [
  BackupTrouble,
  BrokenSeal,
  DamagedKeyRecord,
  DatabaseTooNew,
  DatabaseUnavailable,
  KeyTrouble,
  MountConflict,
  UserTrouble,
  WrongMasterKey,
]

/** Errors that say by themselves what is the matter, by name: the classes of some come with a driver that is not loaded here. */
const speaking: ReadonlySet<string> = new Set([
  'BackupTrouble',
  'DatabaseTooNew',
  'DatabaseUnsuitable',
  'DirectoryInUse',
  'KeyTrouble',
  'MountConflict',
  'ProgramTrouble',
  'ScannerAway',
  'UserTrouble',
  'WrongKey',
])

/** What the operator has to know of an error and can do about it, in a sentence or two; null when it is one that nobody foresaw. */
export function explain(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null
  const { name, message } = thrown
  if (speaking.has(name)) return sentence(message)
  if (name === 'WrongMasterKey') return sentence(`${message}: ${rightMasterKey}`)
  if (name === 'DamagedKeyRecord') return `${sentence(message)} Restore it from a backup.`
  if (name === 'DatabaseUnavailable') return unavailable(thrown)
  return explainCode(codeOf(thrown), thrown)
}

const rightMasterKey = 'give MASTER_KEY or MASTER_KEY_FILE the key it was made with, or was rotated to since'

function unavailable(thrown: Error): string {
  const explained = explainCode(codeOf(thrown.cause), thrown.cause as Error)
  if (explained !== null) return explained
  const code = codeOf(thrown.cause)
  return sentence(code === null || thrown.message.includes(code) ? thrown.message : `${thrown.message} (${code})`)
}

type CodedError = Error & { address?: string; port?: number; path?: string; syscall?: string }

function explainCode(code: string | null, thrown: CodedError): string | null {
  if (code === null) return null
  if (Object.hasOwn(ofDatabase, code)) return ofDatabase[code] ?? null
  if (code.startsWith('SQLITE_')) return ofFile[code] ?? null
  if (thrown.syscall === 'listen') return ofListening(code, thrown)
  if (thrown.syscall === 'getaddrinfo' && thrown.port === undefined) return 'A host name of the settings is not known.'
  if (thrown.path !== undefined && ofPath.has(code)) return `${thrown.path} cannot be used (${code}).`
  return code === 'ENOSPC' ? 'The disk is full (ENOSPC).' : null
}

/** PostgreSQL, Appendix A: error codes; and what keeps a connection from being made. */
const ofDatabase: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'No database answers at DATABASE_URL (ECONNREFUSED): is it running?',
  ECONNRESET: 'The database of DATABASE_URL hung up (ECONNRESET).',
  EHOSTUNREACH: 'The host of DATABASE_URL cannot be reached (EHOSTUNREACH).',
  ENOTFOUND: 'A host name of the settings is not known (ENOTFOUND): look at DATABASE_URL and HOST.',
  ETIMEDOUT: 'No database answers at DATABASE_URL (ETIMEDOUT).',
  '28000': 'The database does not let the user of DATABASE_URL in (28000).',
  '28P01': 'The database does not accept the user and password of DATABASE_URL (28P01).',
  '3D000': 'The database that DATABASE_URL names does not exist (3D000): create it, with the encoding UTF8.',
  '42501': 'The user of DATABASE_URL may not make or change the tables of the directory (42501).',
}

const ofFile: Readonly<Record<string, string>> = {
  SQLITE_CANTOPEN: 'A file in DATA_DIR cannot be opened: does it belong to this account?',
  SQLITE_READONLY: 'A file in DATA_DIR cannot be written: does it belong to this account?',
  SQLITE_FULL: 'The disk is full.',
  SQLITE_NOTADB: 'A file in DATA_DIR is not what Roster wrote: restore it from a backup.',
  SQLITE_CORRUPT: 'The database in DATA_DIR is damaged: restore it from a backup.',
}

const ofPath: ReadonlySet<string> = new Set([
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
])

function ofListening(code: string, { address = 'HOST', port }: CodedError): string | null {
  switch (code) {
    case 'EADDRINUSE':
      return `Another program listens on port ${port} of ${address}: stop it, or set PORT to another one.`
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address} to listen on: set HOST to one that it has.`
    case 'EACCES':
      return `This account may not listen on port ${port}: set PORT to one above 1023.`
    default:
      return null
  }
}

function codeOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null
  return typeof thrown.code === 'string' ? thrown.code : null
}

function sentence(message: string): string {
  const begun = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?;]$/.test(begun) ? begun : `${begun}.`
}
