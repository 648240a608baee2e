import { migrations } from '../../migrations/migrations.ts'
import { ask, type Connection, withConnection } from './connections.ts'
import { migrate } from './migrate.ts'
import { checkSuitability } from './suitability.ts'

/**
 * What is kept under that name, or what `make` makes, which is then kept: one that others may have made at the same time. Null where there was
 * none and the directory is not new. For what has to be known before an engine can open.
 */
export function keepOnce(url: string, name: string, make: () => Promise<string>): Promise<string | null> {
  return withConnection(url, async (connection) => {
    await checkSuitability(connection)
    await migrate(connection, migrations)
    const kept = await factOf(connection, name)
    if (kept !== null || (await isInhabited(connection))) return kept
    await keepFact(connection, name, await make())
    return factOf(connection, name)
  })
}

/** Null also where no directory was begun. Nothing is made. */
export function keptFact(url: string, name: string): Promise<string | null> {
  return withConnection(url, async (connection) => {
    await checkSuitability(connection)
    const { rows } = await ask(connection, { text: `select to_regclass('facts') is not null as begun` })
    return (rows[0] as { begun: boolean }).begun ? factOf(connection, name) : null
  })
}

/** Of many who replace it at the same time each is given what the one before it made. False where there is none. */
export function replaceFact(url: string, name: string, replace: (value: string) => string): Promise<boolean> {
  return withConnection(url, async (connection) => {
    await ask(connection, { text: 'begin' })
    const value = await factOf(connection, name, 'for update')
    if (value === null) return false
    await ask(connection, { text: 'update facts set value = $2 where name = $1', values: [name, replace(value)] })
    await ask(connection, { text: 'commit' })
    return true
  })
}

async function factOf(connection: Connection, name: string, lock = ''): Promise<string | null> {
  const text = `select value from facts where name = $1 ${lock}`
  const { rows } = await ask(connection, { text, values: [name] })
  return (rows[0] as { value: string } | undefined)?.value ?? null
}

async function isInhabited(connection: Connection): Promise<boolean> {
  const text = 'select exists (select from users) or exists (select from signing_keys) as inhabited'
  const { rows } = await ask(connection, { text })
  return (rows[0] as { inhabited: boolean }).inhabited
}

/** Whether it is kept from now on; false when there was one already. */
export async function keepFact(connection: Connection, name: string, value: string): Promise<boolean> {
  const text = 'insert into facts (name, value) values ($1, $2) on conflict (name) do nothing'
  return (await ask(connection, { text, values: [name, value] })).rowCount === 1
}
