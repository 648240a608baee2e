import type { CommitInput, CommitName } from '../../../core/commits.ts'
import { searchedOf } from '../../search.ts'
import { openReading } from './connection.ts'
import type { Line } from './control.ts'
import type { SqliteEngine } from './engine.ts'
import { limiter } from './limiter.ts'
import { DirectoryInUse } from './lock.ts'
import type { Seat } from './messages.ts'
import { newestMigration, reachedMigration } from './migrate.ts'
import { openQueries } from './queries.ts'
import { openReadings } from './run-readings.ts'

/**
 * The engine of a command beside a running server. It reads for itself, and has the server write, so that the server's memory hears of it.
 * What it remembers itself may be changed by the server at any time.
 */
export async function openGuest({ file, fileKey }: Seat, line: Line): Promise<SqliteEngine> {
  await using opening = new AsyncDisposableStack()
  opening.defer(line.close)
  const connection = opening.adopt(openReading(file, fileKey), (open) => void open.close())
  const aside = opening.adopt(openReading(file, fileKey), (open) => void open.close())
  if (reachedMigration(connection) !== newestMigration()) {
    throw new DirectoryInUse(`The server that uses ${file} is another version of this program: restart it first.`)
  }
  const read = openReadings(aside)
  opening.defer(line.finish)

  const open = opening.move()
  return {
    name: 'sqlite',
    migrated: [],
    here: openQueries(connection),
    aside: (name, input) => read({ name, input }) as never,
    commit: (name, input, nowMs) => line.commit({ name, input: withSearched(name, input), nowMs }) as never,
    filling: null,
    isShared: true,
    trustsMemory: () => false,
    rememberMsMax: 0,
    beginCleaning: () => async () => 'not_now',
    onTouched: () => {},
    onMail: () => {},
    limiter,
    lost: new Promise(() => {}),
    async ping() {
      const lost = line.lost()
      if (lost !== null) throw lost
      connection.prepare('select 1').get()
    },
    close: () => open.disposeAsync(),
  }
}

/** The writer has enough to do: what searches go by is made here, and sent along. */
function withSearched<Name extends CommitName>(name: Name, input: CommitInput<Name>): unknown {
  if (name !== 'add-arrivals') return input
  const arrivals = input as CommitInput<'add-arrivals'>
  const people = arrivals.people.map(({ place, arrival }) => ({
    place,
    arrival: { ...arrival, searched: searchedOf(arrival.user) },
  }))
  return { ...arrivals, people } satisfies CommitInput<'add-arrivals'>
}
