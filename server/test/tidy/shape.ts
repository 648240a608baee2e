import { type FunctionSpan, functionsOf } from './functions.ts'
import { isScript, isTest, type Rule, type Source } from './source.ts'

const fileLinesMax = 400
const testLinesMax = 600
const functionLinesMax = 70

const vague = /^(?:.*-)?(?:utils?|helpers?|common|misc|managers?|services?)$/
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/

export const shapeRules: readonly Rule[] = [
  {
    says: 'names of files say what is in them',
    covers: isScript,
    breaches: ({ path }) => (vague.test(stemOf(path)) ? [{ at: 0, what: 'has a name that says nothing' }] : []),
    catches: [
      ['server/src/http/utils.ts', ''],
      ['server/src/core/users/user-service.ts', ''],
      ['server/src/store/string-helpers.test.ts', ''],
      ['console/src/common.tsx', ''],
    ],
    allows: [
      ['server/src/adapters/common-passwords.ts', ''],
      ['server/src/wire/service-module/users.ts', ''],
    ],
  },
  {
    says: 'names of files are in kebab-case',
    covers: isScript,
    breaches: ({ path }) => (kebab.test(path.split('/').at(-1) ?? '') ? [] : [{ at: 0, what: 'is not in kebab-case' }]),
    catches: [
      ['server/src/http/rateLimits.ts', ''],
      ['server/src/http/Server.ts', ''],
      ['server/src/http/rate_limits.ts', ''],
    ],
    allows: [
      ['server/src/http/rate-limits.test.ts', ''],
      ['server/src/store/migrations/001-directory.ts', ''],
      ['console/vite.config.ts', ''],
    ],
  },
  {
    says: `files have at most ${fileLinesMax} lines, tests ${testLinesMax}`,
    covers: isScript,
    breaches: ({ path, text }) => {
      const lines = text.trimEnd().split('\n').length
      return lines > (isTest(path) ? testLinesMax : fileLinesMax) ? [{ at: 0, what: `has ${lines} lines` }] : []
    },
    catches: [
      ['server/src/http/a.ts', 'a\n'.repeat(fileLinesMax + 1)],
      ['server/src/http/a.test.ts', 'a\n'.repeat(testLinesMax + 1)],
    ],
    allows: [
      ['server/src/http/a.ts', 'a\n'.repeat(fileLinesMax)],
      ['server/src/http/a.test.ts', 'a\n'.repeat(testLinesMax)],
    ],
  },
  {
    /** In tests, where one function holds a suite, the functions inside it count for themselves. */
    says: `functions have at most ${functionLinesMax} lines`,
    covers: isScript,
    breaches: (source) => {
      const spans = functionsOf(source)
      return spans
        .map((span) => ({ span, lines: isTest(source.path) ? ownLines(span, spans) : linesOf(span) }))
        .filter(({ lines }) => lines > functionLinesMax)
        .map(({ span, lines }) => ({ at: offsetOf(source, span.from), what: `${span.name} has ${lines} lines` }))
    },
    catches: [
      ['server/src/http/a.ts', long('export async function list(): Promise<A> {', '}')],
      ['server/src/http/a.ts', long('function list(\n  a: string,\n): Promise<{\n  a: B\n}> {', '}')],
      ['server/src/http/a.ts', long('const list = async (a: string) => {', '}')],
      ['server/src/http/a.ts', long('  async list<T>(a: T): Promise<A> {', '  }')],
      ['server/src/http/a.ts', long('  list(\n    a: A,\n  ): B {', '  }')],
      ['server/src/http/a.ts', long(long('function outer() {', 'function inner() {', 40), '}\n}', 40)],
      ['server/src/http/a.test.ts', long(`test('a', async () => {`, '})')],
    ],
    allows: [
      ['server/src/http/a.ts', long('function list() {', '}', functionLinesMax - 2)],
      ['server/src/http/a.ts', long('const book = {', '}')],
      ['server/src/http/a.ts', long('if (a) {', '}')],
      ['server/src/http/a.ts', long('if (\n  a\n) {', '}')],
      [
        'server/src/http/a.test.ts',
        long(`describe('a', () => {\n${long(`  test('b', () => {`, '  })', 50)}`, '})', 60),
      ],
    ],
  },
]

function stemOf(path: string): string {
  return path.split('/').at(-1)?.split('.')[0] ?? ''
}

function linesOf({ from, to }: FunctionSpan): number {
  return to - from + 1
}

function ownLines(span: FunctionSpan, spans: readonly FunctionSpan[]): number {
  const within = spans.filter(({ from, to }) => from > span.from && to < span.to)
  const direct = within.filter((inner) => !within.some(({ from, to }) => from < inner.from && inner.to < to))
  return linesOf(span) - direct.reduce((lines, inner) => lines + linesOf(inner), 0)
}

function offsetOf({ text }: Source, line: number): number {
  return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0)
}

function long(first: string, last: string, lines = functionLinesMax): string {
  const indent = /^\s*/.exec(last)?.[0] ?? ''
  return [first, ...new Array<string>(lines).fill(`${indent}  step()`), last].join('\n')
}
