import type { User } from './user.ts'

/** The versions on which the caller's change is founded: null when they did not say, `'any'` when any will do. */
export type WantedVersions = readonly number[] | 'any' | null

/** Whether somebody else saved first. */
export function isStale(user: Pick<User, 'version'>, wanted: WantedVersions): boolean {
  return wanted !== null && wanted !== 'any' && !wanted.includes(user.version)
}
