import { limits } from '../limits.ts'
import { grant, type Outcome } from '../outcome.ts'
import type { Core, Store, Transaction } from '../ports.ts'

/** A way to become the first admin, as it is kept: whoever reads this cannot make the link. */
export interface SetUpLink {
  readonly digest: string
  readonly expiresAtMs: number
}

/** Under which the links that stand are kept, and under which it is noted that there was an admin. */
export const setUpFacts = { links: 'set-up-links', over: 'set-up-over' } as const

/** Answers what stands in a link by which somebody becomes the first admin; null in a directory that has one, or had. Nodes that start together have a link each. */
export async function openSetUp(
  core: Pick<Core, 'commit' | 'directory' | 'secrets' | 'clock'>,
): Promise<string | null> {
  if (await core.directory.facts.isNoted(setUpFacts.over)) return null
  const token = core.secrets.newSetUpToken()
  const link = { digest: core.secrets.digest('set-up', token), expiresAtMs: core.clock() + limits.setUpLinkMs }
  const opened = await core.commit('open-set-up', { link })
  return opened.ok && opened.value ? token : null
}

/** Once the directory has had an admin, it never opens again, whatever became of them. */
export async function commitOpenSetUp(
  { store, nowMs }: Transaction,
  { link }: { link: SetUpLink },
): Promise<Outcome<boolean, never>> {
  // Whoever opens one, or follows one, waits here for whoever does so already; only then can be seen what came of that.
  await store.facts.note(setUpFacts.links)
  const others = readSetUpLinks(await store.facts.valueOf(setUpFacts.links), nowMs)
  if (await isSetUpOver(store)) {
    await closeSetUp(store)
    return grant(false)
  }
  await store.facts.keep(setUpFacts.links, JSON.stringify([...others, link].slice(-limits.setUpLinksMax)))
  return grant(true)
}

/** For good, with every link there is. */
export async function closeSetUp(store: Store): Promise<void> {
  await store.facts.note(setUpFacts.over)
  await store.facts.forget(setUpFacts.links)
}

export async function isSetUpOver(store: Store): Promise<boolean> {
  return (await store.facts.valueOf(setUpFacts.over)) !== null || (await store.counts.activeAdmins()) > 0
}

/** Those that have not expired. */
export function readSetUpLinks(kept: string | null, nowMs: number): readonly SetUpLink[] {
  const links: readonly SetUpLink[] = kept === null || kept === '' ? [] : JSON.parse(kept)
  return links.filter(({ expiresAtMs }) => expiresAtMs > nowMs)
}
