import { system } from '../actor.ts'
import type { Core } from '../ports.ts'
import type { UserId } from '../users/user.ts'
import type { ErasureId } from './erasure.ts'

/**
 * Erases people whom a backup has brought back, by the ids that were kept of them; whoever is not in the directory, or is erased there, stays as they
 * are. No last admin is spared. What lies in files of them is then owed, as after every erasure.
 */
export async function eraseAgain(
  core: Pick<Core, 'commit' | 'ids' | 'directory' | 'erasedIds'>,
  ids: readonly UserId[],
): Promise<{ readonly erased: number }> {
  let erased = 0
  for (const id of ids) {
    if ((await core.directory.erasures.ofUser(id)) !== null) continue
    const erasureId = core.ids.next() as ErasureId
    const done = await core.commit('erase-user', {
      actor: system,
      id,
      erasureId,
      versions: null,
      cause: 'restored',
    })
    if (done.ok) erased += 1
  }
  await core.erasedIds.add(ids)
  return { erased }
}
