import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/**
 * A file as the rules see it. `code`, `comments` and `strings` are `text` with everything else blanked, so an offset means the same place
 * in each; `code` keeps the quotes of its strings. Of files that are no script, only `text` is filled.
 */
export type Source = {
  readonly path: string
  readonly text: string
  readonly code: string
  readonly comments: string
  /** What string literals and templates say. */
  readonly strings: string
}

/** Where a rule is broken, and by what. */
export type Breach = { readonly at: number; readonly what: string }

export type Snippet = readonly [path: string, text: string]

/** One invariant of the house. */
export type Rule = {
  /** A sentence: the title of the test. */
  readonly says: string
  readonly covers: (path: string) => boolean
  readonly breaches: (source: Source) => readonly Breach[]
  /** Snippets that it must catch: the proof that it cannot fail in silence. */
  readonly catches: readonly [Snippet, ...Snippet[]]
  /** Near misses that it must let pass. */
  readonly allows: readonly Snippet[]
}

export const isScript = (path: string) => /\.(ts|tsx|mjs|js)$/.test(path)
export const isTest = (path: string) => /\.test\.tsx?$|^(?:server|clients\/[^/]+)\/test\//.test(path)
export const isProduct = (path: string) => path.startsWith('server/src/') && !isTest(path)

const skipped = new Set(['node_modules', 'dist', 'packed', 'data', 'generated', '.git'])

/** The scripts of server, bench, console and clients, and the pages of the project; directories that are missing hold none. */
export async function readSources(top: string): Promise<Source[]> {
  const paths = [...(await pathsIn(top, '', false))]
  for (const directory of ['server', 'bench', 'console', 'clients', 'docs']) {
    paths.push(...(await pathsIn(top, directory, true)))
  }
  const wanted = paths.filter((path) => isScript(path) || path.endsWith('.md'))
  return Promise.all(wanted.map(async (path) => sourceOf(path, await readFile(join(top, path), 'utf8'))))
}

export function sourceOf(path: string, text: string): Source {
  const kinds = isScript(path) ? kindsOf(text) : []
  const only = (...kept: (Kind | undefined)[]) =>
    text.replace(/[^\n]/g, (c, at: number) => (kept.includes(kinds[at]) ? c : ' '))
  return { path, text, code: only('code', 'quote'), comments: only('comment'), strings: only('string') }
}

/** One breach for each match. */
export function found(within: string, pattern: RegExp, what: string): Breach[] {
  return [...within.matchAll(pattern)].map(({ index, 0: match }) => ({ at: index, what: `${what}: ${match.trim()}` }))
}

export function lineOf({ text }: Source, { at }: Breach): number {
  return text.slice(0, at).split('\n').length
}

/** What a script imports, worker files by `new URL(…, import.meta.url)` included. Relative ones come resolved as well, from the top. */
export function importsOf({ path, text, code }: Source): { at: number; specifier: string; target: string | null }[] {
  const statements = /(?:\bfrom|\bimport|\bimport\s*\(|\bimport\.meta\.resolve\(|\brequire\s*\(|\bnew URL\()\s*(['"])/g
  const imports = [...code.matchAll(statements)].map(({ index, 0: match, 1: quote = '' }) => {
    const begins = index + match.length
    const specifier = text.slice(begins, text.indexOf(quote, begins))
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : null
    return { at: index, specifier, target, isUrl: match.startsWith('new URL') }
  })
  return imports.filter(({ isUrl, specifier }) => !isUrl || /^\..*\.(ts|mjs)$/.test(specifier))
}

async function pathsIn(top: string, directory: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(join(top, directory), { withFileTypes: true }).catch(() => [])
  const paths = entries.map(async (entry) => {
    const path = posix.join(directory, entry.name)
    if (entry.isFile()) return [path]
    return recursive && entry.isDirectory() && !skipped.has(entry.name) ? pathsIn(top, path, true) : []
  })
  return (await Promise.all(paths)).flat()
}

type Kind = 'code' | 'quote' | 'comment' | 'string' | 'pattern'

const comment = /\/\/.*|\/\*[\s\S]*?\*\//y
const string = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y
const pattern = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
const templatePart = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/y
const beforePattern = /(?:^|[(,=:[!&|?{;+*%~^-]|=>|\b(?:return|typeof|case|in|of|await|void|else))\s*$/

/** What each character belongs to. Enough of the language's grammar to tell code from what it quotes; JSX text counts as code. */
function kindsOf(text: string): Kind[] {
  const kinds: Kind[] = new Array(text.length).fill('code')
  const openTemplates: number[] = []
  let depth = 0
  let at = 0

  const take = (expression: RegExp, kind: Kind): boolean => {
    expression.lastIndex = at
    const length = expression.exec(text)?.[0].length ?? 0
    kinds.fill(kind, at, at + length)
    at += length
    return length > 0
  }
  const takeTemplatePart = () => {
    const begins = at
    if (!take(templatePart, 'string')) at = text.length
    const goesOn = text[at - 1] === '{'
    kinds.fill('quote', Math.max(begins, at - (goesOn ? 2 : 1)), at)
    if (goesOn) openTemplates.push(depth)
  }

  while (at < text.length) {
    const begins = at
    const mayBePattern = text[at] === '/' && beforePattern.test(text.slice(Math.max(0, at - 40), at))
    if (take(comment, 'comment') || (mayBePattern && take(pattern, 'pattern'))) continue
    if (take(string, 'string')) {
      kinds[begins] = 'quote'
      kinds[at - 1] = 'quote'
    } else if (text[at] === '`' || (text[at] === '}' && openTemplates.at(-1) === depth)) {
      if (text[at] === '}') openTemplates.pop()
      kinds[at++] = 'quote'
      takeTemplatePart()
    } else {
      if (text[at] === '{') depth++
      if (text[at] === '}') depth--
      at++
    }
  }
  return kinds
}
