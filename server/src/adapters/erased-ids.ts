import { constants } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ErasedIds } from '../core/erasures/ports.ts'
import { looksLikeId } from '../core/users/names.ts'
import type { UserId } from '../core/users/user.ts'

export const erasedIdsFile = 'erased.ids'

/** One id a line. A line that a crash has cut short is none, and what comes after it begins on a line of its own. */
export function erasedIdsIn(file: string): ErasedIds {
  const all = async () => {
    const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return ''
      throw fault
    })
    return [...new Set(text.split('\n').filter(looksLikeId))] as UserId[]
  }
  let known: Set<UserId> | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const add = async (ids: readonly UserId[]) => {
    known ??= new Set(await all())
    const fresh = ids.filter((id) => known?.has(id) !== true)
    if (fresh.length === 0) return
    await append(file, `\n${fresh.join('\n')}\n`)
    for (const id of fresh) known.add(id)
  }
  return {
    all,
    add(ids) {
      const added = turn.then(() => add(ids))
      turn = added.catch(() => {})
      return added
    },
  }
}

/** In one write, so that two processes do not mix their lines. */
async function append(file: string, text: string): Promise<void> {
  const { O_APPEND, O_CREAT, O_WRONLY } = constants
  const handle = await open(file, O_APPEND | O_CREAT | O_WRONLY, 0o600)
  try {
    await handle.write(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncDirectory(dirname(file))
}

/** A file that is new stands in its directory for good only then; some systems cannot, and need not. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => null)
  if (handle === null) return
  await handle.sync().catch(() => {})
  await handle.close()
}

export const noErasedIds: ErasedIds = {
  async add() {},
  all: async () => [],
}
