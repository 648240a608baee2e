import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/*
 * Writes the reference of the TypeScript SDK from its docstrings. It goes by how the formatter lays sources out, so it needs no compiler; `npm run docs` runs it.
 */

const own = join(import.meta.dirname, '../typescript')
export const referencePath = join(own, 'docs/reference.md')

interface Documented {
  readonly name: string
  /** Without the example. */
  readonly words: string
  readonly example: string | null
  /** One for each way to call it. */
  readonly signatures: readonly string[]
  /** Of what type it is, where it is a property. */
  readonly type: string | null
}

interface Type {
  readonly name: string
  readonly words: string
  readonly example: string | null
  readonly members: readonly Documented[]
}

/** The page as it has to be. */
export async function writeReference(): Promise<string> {
  const nouns = [
    'activity-log',
    'api-tokens',
    'auth',
    'description',
    'exports',
    'imports',
    'invitations',
    'mails',
    'me',
    'organizations',
  ]
  const more = [
    'overview',
    'user-activity',
    'user-avatar',
    'user-factors',
    'user-organizations',
    'user-sessions',
    'users',
  ]
  const files = ['client', 'options', 'errors', 'call', ...[...nouns, ...more].map((name) => `nouns/${name}`)]
  const texts = await Promise.all(files.map((name) => readFile(join(own, `src/${name}.ts`), 'utf8')))
  const types = new Map(texts.flatMap(typesIn).map((type) => [type.name, type]))
  const typeNamed = (name: string) => types.get(name) ?? fail(`there is no ${name}`)
  const client = typeNamed('SUDIGITALClient')
  return [
    '# Reference\n\nWritten by `npm run docs` from what stands beside the code; its examples are compiled with the tests.\n',
    `## SUDIGITALClient\n\n${client.words}\n\n${block(client.example)}`,
    ...client.members.filter(isMethod).map((member) => methodPart('client', member)),
    ...[
      'ClientOptions',
      'TokenPair',
      'SharedTokens',
      'CallOptions',
      'OnceOptions',
      'ChangeOptions',
      'ReadOptions',
      'Call',
      'Answer',
    ]
      .map(typeNamed)
      .map(propertiesPart),
    ...client.members.filter((member) => !isMethod(member)).flatMap((noun) => nounParts(`client.${noun.name}`, noun)),
    ...['SUDIGITALError', 'ApiError', 'ConnectionError', 'UsageError'].map(typeNamed).map(propertiesPart),
  ]
    .join('\n')
    .replace(/\{@link (?:\w+\.)?(\w+)\}/g, '`$1`')

  function nounParts(path: string, { type }: Documented): string[] {
    const { words, members } = typeNamed(type ?? '')
    const inner = members.filter((member) => !isMethod(member))
    return [
      `## ${path}\n\n${words}\n`,
      ...members.filter(isMethod).map((member) => methodPart(path, member)),
      ...inner.flatMap((noun) => nounParts(`${path}.${noun.name}`, noun)),
    ]
  }
}

function isMethod({ signatures }: Documented): boolean {
  return signatures.length > 0
}

function methodPart(path: string, { name, words, example, signatures }: Documented): string {
  const typed = signatures.map((signature) => `${name}${signature}`).join('\n')
  return `### ${path}.${name}\n\n${words}\n\n${block(typed)}\n${block(example)}`
}

function propertiesPart({ name, words, example, members }: Type): string {
  const rows = members.map(({ name: member, type, words: told, signatures }) => {
    const shown = isMethod({ signatures } as Documented) ? `${member}()` : member
    return `| \`${shown}\` | ${type === null ? '' : `\`${type.replaceAll('|', '\\|')}\``} | ${told.replaceAll('\n', ' ')} |`
  })
  const table = rows.length === 0 ? '' : `| | | |\n| --- | --- | --- |\n${rows.join('\n')}\n`
  return `## ${name}\n\n${words}\n\n${[table, block(example)].filter((part) => part !== '').join('\n')}`
}

function block(code: string | null): string {
  return code === null ? '' : `\`\`\`ts\n${code.trim()}\n\`\`\`\n`
}

/** Classes and interfaces that are exported and have a docstring, with those of their members that have one. */
function typesIn(text: string): Type[] {
  const heads = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport (?:abstract )?(?:class|interface) (\w+).*\{$/gm
  return [...text.matchAll(heads)].map(({ 1: comment = '', 2: name = '', 0: head, index }) => {
    const from = index + head.length
    return { name, ...told(comment), members: membersIn(text.slice(from, text.indexOf('\n}\n', from) + 1)) }
  })
}

function membersIn(body: string): Documented[] {
  const members = /^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n((?: {2,}.*\n)+?)(?=\n|^ {2}(?:\/\*\*|\/\/)|(?![\s\S]))/gm
  return [...body.matchAll(members)].map(([, comment = '', code = '']) => {
    const name = /^ {2}(?:abstract )?(?:readonly )?(\w+)/.exec(code)?.[1] ?? fail(code)
    const type = new RegExp(`^ {2}(?:abstract )?(?:readonly )?${name}\\??: (.+)$`, 'm').exec(code)?.[1] ?? null
    return { name, ...told(comment), signatures: type === null ? signaturesIn(code, name) : [], type }
  })
}

/** Where there are several, the last is how they are all done, and nobody calls it. */
function signaturesIn(code: string, name: string): string[] {
  const flat = code
    .replace(/,?\n {2}\)/g, ')')
    .replace(/\n {4}(?=\w+\??: )/g, ' ')
    .replace(/\( /g, '(')
  const all = [...flat.matchAll(new RegExp(`^ {2}${name}((?:<.*?>)?\\(.*?)( \\{)?$`, 'gm'))].map(
    ([, typed = '']) => typed,
  )
  return all.length > 1 ? all.slice(0, -1) : all
}

function told(comment: string): { words: string; example: string | null } {
  const bare = comment.replace(/^ *\* ?/gm, '').trim()
  const [words = '', rest = ''] = bare.split(/^@example$/m)
  return { words: words.trim(), example: /```ts\n([\s\S]*?)```/.exec(rest)?.[1] ?? null }
}

function fail(why: string): never {
  throw new Error(why)
}

if (import.meta.main) await writeFile(referencePath, await writeReference())
