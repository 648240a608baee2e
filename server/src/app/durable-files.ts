import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Keeps `fresh` in a file that only this account can read, unless there is one: then answers what that holds. The file is there as a whole or
 * not at all: it is written beside its place, and linked into it.
 */
export async function keepFile(directory: string, name: string, fresh: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, name)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeDurably(draft, fresh)
    await link(draft, file)
    await syncDirectory(directory)
    return fresh
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    return readFile(file, 'utf8')
  } finally {
    await rm(draft, { force: true })
  }
}

/** Puts another text in the place of a file's. Whenever the process or the machine stops, the file holds the one or the other, whole. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new`
  await rm(draft, { force: true })
  await writeDurably(draft, text)
  await rename(draft, file)
  await syncDirectory(dirname(file))
}

/** A file that only this account can read; throws `EEXIST` where there is one. */
export async function writeDurably(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'wx', 0o600)
  await handle.writeFile(text)
  await handle.sync()
}

/** What was made, renamed or removed in it outlives a crash of the machine. Windows does that by itself, and opens no directory. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(directory, 'r')
  await handle.sync()
}
