import type { Migration } from './migrations.ts'

/** Finds sessions that ended or expired, so that they can be forgotten. */
export const sessionsOver: Migration = {
  number: 10,
  name: 'sessions-over',
  statements: () => [
    'create index sessions_by_end on sessions (ended_at) where ended_at is not null',
    'create index sessions_by_expiry on sessions (expires_at) where ended_at is null',
  ],
}
