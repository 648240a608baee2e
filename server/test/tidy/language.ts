import { found, isProduct, isScript, isTest, type Rule } from './source.ts'

const bench = (line: string) => ['bench/list.ts', line] as const
const file = (line: string) => ['server/src/http/a.ts', line] as const
const testFile = (line: string) => ['server/src/http/a.test.ts', line] as const

const enums = /^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s+\w+/gm
const namespaces = /^\s*(?:export\s+)?(?:declare\s+)?(?:namespace|module)\s+[\w.]+\s*\{/gm
const parameterProperties = /\bconstructor\s*\((?:[^)]*[\s,(])?(?:public|private|protected|readonly|override)\s+\w+/g
const anys = /(?:\bas\s+|[:<,|&]\s*|=\s*)any\b(?!\s*[(.:])/g
const silenced = /@ts-(?:ignore|nocheck)\b|@ts-expect-error(?!\W+\w{2,})|\bbiome-ignore(?:-\w+)?(?!\S*\s+\S+:\s*\w)/g
const unfinished = /(?<!@)\bTODO\b|@TODO(?!\(\w)|\b(?:FIXME|XXX|HACK)\b/g
const exclusive =
  /\b(?:test|it|describe|suite|t|context)\.(?:skip|only|todo)\b|\b(?:test|it|describe|suite)\([^\n]*\{[^\n}]*\b(?:skip|only|todo)\b/g
const titles = /\b(?:test|it|describe|suite)\(\s*['"`]/g
const variables = /\bprocess\.env\s*(?:\?\.|\.|\[)|\}\s*=\s*process\.env\b|\bimport\s*\{[^}]*\benv\b[^}]*\}/g
const loggings = /\blog\.(?:debug|info|warn|error)\(\s*/g

export const languageRules: readonly Rule[] = [
  {
    says: 'exports have names',
    /** A `.d.ts` describes what somebody else exports. */
    covers: (path) => isScript(path) && !/\.(config|d)\.(ts|mjs|js)$/.test(path),
    breaches: ({ code }) => found(code, /\bexport\s+default\b|\bas\s+default\b/g, 'has no name'),
    catches: [file('export default 1'), bench('export { list as default }')],
    allows: [
      ['console/vite.config.ts', 'export default {}'],
      ['server/src/store/parts.d.ts', 'export default class Parts {}'],
      file(`const words = 'export default'`),
    ],
  },
  {
    says: 'syntax is erasable: no enum, no namespace, no parameter property',
    covers: isScript,
    breaches: ({ code }) =>
      [enums, namespaces, parameterProperties].flatMap((shape) => found(code, shape, 'is not erasable')),
    catches: [
      file('export enum Role { admin }'),
      file('declare const enum Role { admin }'),
      file('namespace Roster { }'),
      file('class A { constructor(private name: string) {} }'),
      file('class A {\n  constructor(\n    name: string,\n    readonly id: number,\n  ) {}\n}'),
    ],
    allows: [
      file('const enumerated = module\nclass A { readonly id: string\n  constructor(id: string) { this.id = id } }'),
      file('// enum Role { admin }'),
    ],
  },
  {
    says: 'nothing is any',
    covers: isScript,
    breaches: ({ code }) => found(code, anys, 'gives up the type'),
    catches: [
      file('const a = b as any'),
      file('const a: any = b'),
      file('const a: Record<string, any> = b'),
      file('type A = string | any'),
      file('type A = any'),
    ],
    allows: [
      file('const any = { any: 1 }'),
      file(`const a = 'as any' // : any`),
      file('if (rows.any()) return any(a, b)'),
    ],
  },
  {
    says: 'whoever silences the compiler or the linter says why',
    covers: isScript,
    breaches: ({ comments }) => found(comments, silenced, 'silences without a word'),
    catches: [
      file('// @ts-ignore because'),
      file('// @ts-nocheck'),
      file('// @ts-expect-error\nconst a = 1'),
      file('// biome-ignore lint/suspicious/noExplicitAny'),
      file('// biome-ignore lint/suspicious/noExplicitAny: <explanation>'),
    ],
    allows: [
      file('// @ts-expect-error: the type of pg lacks this field'),
      file('// biome-ignore lint/suspicious/noExplicitAny: the library asks for it'),
      file(`const word = '@ts-ignore'`),
    ],
  },
  {
    says: 'what is left to do is written as @TODO(reason)',
    covers: isScript,
    breaches: ({ comments }) => found(comments, unfinished, 'gives no reason'),
    catches: [
      file('// TODO later'),
      file('/* FIXME */'),
      file('// @TODO: later'),
      file('// @TODO() later'),
      file('// XXX'),
    ],
    allows: [file('// @TODO(the driver lacks it) read in one go'), file(`const word = 'TODO'`)],
  },
  {
    says: 'every test runs',
    covers: isTest,
    breaches: ({ code }) => found(code, exclusive, 'leaves tests out'),
    catches: [
      testFile(`test.skip('a', () => {})`),
      testFile(`describe.only('a', () => {})`),
      testFile(`test.todo('a')`),
      testFile(`test('a', { skip: true }, () => {})`),
      testFile(`test('a', (t) => { t.skip() })`),
    ],
    allows: [
      testFile(`test('pages skip what was read', () => list({ skip: 1 }))`.replace('{ skip', '{\n skip')),
      file('list.skip(1)'),
    ],
  },
  {
    says: 'titles of tests state what is so',
    covers: isTest,
    breaches: ({ code, text }) =>
      [...code.matchAll(titles)]
        .map(({ index, 0: match }) => ({ at: index, title: titleAt(text, index + match.length) }))
        .filter(({ title }) => /\bshould(?:n't)?\b/i.test(title))
        .map(({ at, title }) => ({ at, what: `wishes: ${title}` })),
    catches: [
      testFile(`test('it should work', () => {})`),
      testFile(`describe("users", () => { it("Should list", () => {}) })`),
      testFile(`test(\`\${role} should pass\`, () => {})`),
    ],
    allows: [testFile(`test('an admin lists users', () => { assert.ok(a, 'should be a') })`), file(`test('should')`)],
  },
  {
    says: 'the event of a log entry is a fixed phrase in kebab-case',
    covers: isProduct,
    breaches: ({ code, text }) =>
      [...code.matchAll(loggings)]
        .map(({ index, 0: match }) => ({ at: index, said: text.slice(index + match.length).split('\n')[0] ?? '' }))
        .filter(({ said }) => !/^'[a-z0-9]+(?:-[a-z0-9]+)*'\s*(?:[,)]|$)/.test(said))
        .map(({ at, said }) => ({ at, what: `logs ${said}` })),
    catches: [
      file(`log.info(\`user \${user.email} seen\`)`),
      file('core.log.warn(message)'),
      file(`log.error('it broke: ' + error.message)`),
      file(`log.error('It broke')`),
    ],
    allows: [
      file(`log.info('server-listening', { node })`),
      file(`log.info(\n  'server-listening',\n)`),
      file('Math.log(2)'),
    ],
  },
  {
    says: 'variables of the environment are read by the command line alone, and handed on as settings',
    covers: (path) => isProduct(path) && !path.startsWith('server/src/cli/'),
    breaches: ({ code }) => found(code, variables, 'reads the environment'),
    catches: [
      file('const port = process.env.PORT'),
      file(`const port = process.env['PORT']`),
      file('const port = process.env?.PORT'),
      file('const { PORT } = process.env'),
      file(`import { env } from 'node:process'`),
    ],
    allows: [
      ['server/src/cli/main.ts', 'readSettings(process.env)'],
      file('const worker = new Worker(url, { env: { ...process.env, A: 1 } })'),
    ],
  },
]

function titleAt(text: string, begins: number): string {
  const quote = text[begins - 1] ?? ''
  return text.slice(begins, text.indexOf(quote, begins))
}
