import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'

/** Another process keeps its directory there. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse'
}

export interface Lock {
  release(): void
}

/** Two that ask at the same instant can get in each other's way for a moment. */
const patienceMs = 50

/** A file that nobody refers to is collected, and gives up its lock while the writer is still at work. */
const held = new Set<Database>()

/**
 * The right to write in a directory, or another that `name` stands for; null when another process has it. The operating system takes it back
 * from a process that dies.
 */
export function takeLock(directory: string, name = 'roster.lock'): Lock | null {
  const file = new Database(join(directory, name), { timeout: patienceMs })
  try {
    file.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    file.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return null
    throw error
  }
  held.add(file)
  return {
    release() {
      file.close()
      held.delete(file)
    },
  }
}
