import { join } from 'node:path'
import pg from 'pg'
import { openDirectoryKeys } from '../src/app/directory-key.ts'
import { openReading } from '../src/store/engines/sqlite/connection.ts'
import type { World } from './world.ts'

type Row = Readonly<Record<string, unknown>>

/** Asks the database itself, whatever the store knows of it. */
async function ask(world: World, sql: { readonly sqlite: string; readonly postgres: string }[]): Promise<Row[][]> {
  const { settings, engine } = world
  if (engine === 'sqlite') {
    const { file } = await openDirectoryKeys(settings)
    const connection = openReading(join(settings.dataDirectory, 'roster.db'), file)
    const answers = sql.map((text) => connection.prepare(text.sqlite).all() as Row[])
    connection.close()
    return answers
  }
  const client = new pg.Client({ connectionString: settings.databaseUrl ?? '' })
  await client.connect()
  const answers: Row[][] = []
  for (const text of sql) answers.push((await client.query<Row>(text.postgres)).rows)
  await client.end()
  return answers
}

/** Every column of every table, by the table. */
export async function columnsOf(world: World): Promise<Map<string, string[]>> {
  const [rows = []] = await ask(world, [
    {
      sqlite: `select tables.name as "table", columns.name as "column" from pragma_table_list as tables
        join pragma_table_info(tables.name) as columns
        where tables.schema = 'main' and tables.type = 'table' and tables.name not like 'sqlite_%'`,
      postgres: `select table_name as table, column_name as column from information_schema.columns
        where table_schema = 'public'`,
    },
  ])
  const byTable = Map.groupBy(rows, (row) => String(row.table))
  return new Map([...byTable].map(([table, of]) => [table, of.map(({ column }) => String(column))]))
}

/** The columns, as `table.column`, in which the id stands. */
export async function columnsNaming(world: World, id: string): Promise<string[]> {
  const columns = [...(await columnsOf(world))].flatMap(([table, names]) => names.map((column) => [table, column]))
  const counts = await ask(
    world,
    columns.map(([table, column]) => ({
      sqlite: `select count(*) as n from "${table}" where "${column}" = '${id}'`,
      postgres: `select count(*) as n from "${table}" where cast("${column}" as text) = '${id}'`,
    })),
  )
  return columns
    .filter((_, at) => Number(counts[at]?.[0]?.n) > 0)
    .map((parts) => parts.join('.'))
    .sort()
}
