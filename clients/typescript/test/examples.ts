import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const own = join(import.meta.dirname, '..')

/** The blocks of TypeScript in a page or in docstrings, without the stars. */
export function examplesIn(text: string): string[] {
  const bare = text.replace(/^ *\* ?/gm, '')
  return [...bare.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, example = '']) => example)
}

/** What the sources and the README show, by the file in which it stands. */
export async function pagesWithExamples(): Promise<Map<string, string[]>> {
  const entries = await readdir(join(own, 'src'), { recursive: true })
  const pages = ['README.md', ...entries.filter((name) => name.endsWith('.ts')).map((name) => join('src', name))]
  const read = pages.map(async (page): Promise<[string, string[]]> => {
    return [page.replaceAll(/[\\/]/g, '-'), examplesIn(await readFile(join(own, page), 'utf8'))]
  })
  return new Map((await Promise.all(read)).filter(([, examples]) => examples.length > 0))
}
