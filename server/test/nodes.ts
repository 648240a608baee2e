import type { EngineName } from './place.ts'
import { openWorld, type World } from './world.ts'

const together = { PUBLIC_URL: 'http://127.0.0.1:3001' }

/** One node, or on the shared engine two of one directory: what is done on the first is asked of all. */
export async function openNodes(engine: EngineName): Promise<{ readonly worlds: readonly World[] } & AsyncDisposable> {
  await using opening = new AsyncDisposableStack()
  const near = opening.use(await openWorld({ engine, settings: together }))
  const worlds = [near]
  if (engine === 'postgres') worlds.push(opening.use(await openWorld({ engine, settings: together, beside: near })))
  const opened = opening.move()
  return { worlds, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** An access token with which an admin acts in somebody's stead. */
export async function impersonationOf(world: World, token: string, id: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await world.fetch(`/api/users/${id}/impersonation`, { method: 'POST', headers })
  if (answer.status !== 200) throw new Error(`no impersonation: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { data: { accessToken: string } }).data.accessToken
}
