import type { Queries } from '../../queries.ts'
import { readings } from '../../readings.ts'
import { asUnavailable, type Connection } from './connection.ts'
import type { ReadingTask } from './messages.ts'
import { openQueries } from './queries.ts'

/** Runs readings one after another, each on one state of the directory from its first statement to its last. */
export function openReadings(connection: Connection): (task: ReadingTask) => Promise<unknown> {
  const queries = openQueries(connection)
  const begin = connection.prepare('begin')
  const end = connection.prepare('commit')
  let turn: Promise<unknown> = Promise.resolve()

  async function read({ name, input }: ReadingTask): Promise<unknown> {
    const reading = readings[name as keyof typeof readings] as (queries: Queries, input: unknown) => unknown
    begin.run()
    try {
      return await reading(queries, input)
    } catch (error) {
      throw asUnavailable(error)
    } finally {
      end.run()
    }
  }

  return (task) => {
    const answer = turn.then(() => read(task))
    turn = answer.catch(() => {})
    return answer
  }
}
