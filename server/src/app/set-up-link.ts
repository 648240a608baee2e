import type { Core } from '../core/ports.ts'
import { openSetUp } from '../core/set-up/set-up-links.ts'
import type { Settings } from './settings.ts'

/** Where the first admin of this directory is made, once and soon; null where there is or was one, and where no console is served. */
export async function openSetUpLink(
  core: Pick<Core, 'commit' | 'directory' | 'secrets' | 'clock'>,
  { mounts, publicUrl }: Pick<Settings, 'mounts' | 'publicUrl'>,
): Promise<string | null> {
  if (mounts.sudigital === null) return null
  const token = await openSetUp(core)
  return token === null ? null : `${publicUrl}/console/set-up#token=${token}`
}
