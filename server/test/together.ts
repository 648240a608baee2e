import { globSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Which test files share a process. To start one, load the program, open the first directory and compile the first schemas takes a second and a
 * half of a processor, and most files take less than that for what they are about.
 *
 * A file shares a process with others if it leaves it as it was: hooks stand in a `describe`, and whatever is mocked is mocked by the test (`t.mock`).
 */

/** Where files lie, and in how many processes they run: `runs/<name>-<part>.ts` each. A file belongs to the first that it lies below. Two of
 * them look at what their process has done so far. */
export const runs: readonly { readonly name: string; readonly below: string; readonly parts: number }[] = [
  { name: 'attacks', below: 'server/test/attacks/', parts: 3 },
  { name: 'gateway', below: 'server/test/eg-client.test.ts', parts: 1 },
  { name: 'directory', below: 'server/test/', parts: 3 },
  { name: 'wire', below: 'server/src/wire/', parts: 1 },
  { name: 'store', below: 'server/src/store/', parts: 1 },
  { name: 'common-passwords', below: 'server/src/adapters/common-passwords.test.ts', parts: 1 },
  { name: 'password-hash', below: 'server/src/adapters/password-hash.test.ts', parts: 1 },
  { name: 'cli', below: 'server/src/cli/', parts: 1 },
  { name: 'console', below: 'console/', parts: 1 },
  { name: 'clients', below: 'clients/', parts: 1 },
  { name: 'rest', below: '', parts: 1 },
]

const top = join(import.meta.dirname, '../..')

/** The test files of each process, by the name of its entry. */
export function filesOfRuns(): Map<string, string[]> {
  const files = globSync(['server/**/*.test.ts', 'clients/*/test/*.test.ts', 'console/test/*.test.ts'], {
    cwd: top,
  }).sort()
  const entries = new Map<string, string[]>()
  for (const [at, { name, below, parts }] of runs.entries()) {
    const earlier = runs.slice(0, at)
    const own = files.filter((file) => file.startsWith(below) && !earlier.some((run) => file.startsWith(run.below)))
    for (let part = 0; part < parts; part += 1) {
      entries.set(
        `${name}-${part + 1}`,
        own.filter((_, place) => place % parts === part),
      )
    }
  }
  return entries
}

/** Runs the test files of an entry, one after the other, in this process. */
export async function runTogether(entry: string): Promise<void> {
  const files = filesOfRuns().get(entry)
  if (files === undefined || files.length === 0) throw new Error(`no test file runs as ${entry}`)
  for (const file of files) await import(join(top, file))
}
