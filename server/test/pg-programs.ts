import { execFileSync } from 'node:child_process'

/** Whether a database can be dumped and restored here, and what is said where it cannot. */
export const hasPgPrograms = ['pg_dump', 'pg_restore', 'psql'].every(isOnPath)
export const pgProgramsAreMissing = [
  'pg_dump, pg_restore or psql is not installed, so no backup of PostgreSQL was made or restored here.',
  'On Debian and Ubuntu: apt-get install postgresql-client',
].join('\n')

function isOnPath(program: string): boolean {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).includes('PostgreSQL')
  } catch {
    return false
  }
}
