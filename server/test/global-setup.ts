import { type RunningPostgres, startSharedPostgres } from './postgres.ts'

/* For `node --test --test-global-setup=server/test/global-setup.ts`: all test processes of the run share one PostgreSQL. */

let postgres: RunningPostgres | undefined

export async function globalSetup(): Promise<void> {
  postgres = await startSharedPostgres()
}

export async function globalTeardown(): Promise<void> {
  await postgres?.stop()
}
