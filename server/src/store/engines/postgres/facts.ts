import { migrations } from '../../migrations/migrations.ts'
import { ask, type Connection, withConnection } from './connections.ts'
import { migrate } from './migrate.ts'
import { checkSuitability } from './suitability.ts'

/** Keeps a fact unless it is kept already, and answers what is kept. For what has to be known before an engine can open. */
export function keepOnce(url: string, name: string, value: string): Promise<string> {
  return withConnection(url, async (connection) => {
    await checkSuitability(connection)
    await migrate(connection, migrations)
    await keepFact(connection, name, value)
    const { rows } = await ask(connection, { text: 'select value from facts where name = $1', values: [name] })
    return (rows[0] as { value: string }).value
  })
}

/** Whether it is kept from now on; false when there was one already. */
export async function keepFact(connection: Connection, name: string, value: string): Promise<boolean> {
  const text = 'insert into facts (name, value) values ($1, $2) on conflict (name) do nothing'
  return (await ask(connection, { text, values: [name, value] })).rowCount === 1
}
