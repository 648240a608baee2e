import { mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Memory that is mounted as files, where there is enough: nothing that a test keeps outlives it, so nothing has to wait for a disk. */
const memory = '/dev/shm'
const memoryBytesMin = 4 * 1024 ** 3

/** An empty directory of one's own. */
export async function makePlace(prefix: string): Promise<string> {
  const found = await statfs(memory).catch(() => null)
  const isRoomy = found !== null && found.bavail * found.bsize >= memoryBytesMin
  return mkdtemp(join(isRoomy ? memory : tmpdir(), prefix))
}
