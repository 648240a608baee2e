import { createHash } from 'node:crypto'
import type { Rule, Source } from './source.ts'

const migrations = 'server/src/store/migrations'
const parts = ['Context', 'Decision', 'Consequences']

export const recordRules: readonly Rule[] = [
  {
    says: 'every decision has a number, a context, the decision and its consequences',
    covers: (path) => path.startsWith('docs/decisions/'),
    breaches: ({ path, text }) => [
      ...(/\/\d{3}-[a-z0-9-]+\.md$/.test(path) ? [] : [{ at: 0, what: 'is not called NNN-what-was-decided.md' }]),
      ...parts
        .filter((part) => !new RegExp(`^#+ ${part}\\s*$`, 'm').test(text))
        .map((part) => ({ at: 0, what: `has no heading ${part}` })),
    ],
    catches: [
      ['docs/decisions/a-decision.md', '# A\n## Context\n## Decision\n## Consequences\n'],
      ['docs/decisions/001-a.md', '# A\n## Context\n## Decision\n'],
      ['docs/decisions/001-a.md', '# A\n## Decision\n## Consequences\nContext\n'],
    ],
    allows: [['docs/decisions/001-a.md', '# A\n\n## Context\n\na\n\n## Decision\n\nb\n\n## Consequences\n\nc\n']],
  },
]

/** Which numbers several decisions bear. */
export function sharedNumbers(sources: readonly Pick<Source, 'path'>[]): string[] {
  const numbers = sources.flatMap(({ path }) => /^docs\/decisions\/(\d{3})-/.exec(path)?.[1] ?? [])
  return [...new Set(numbers.filter((number, at) => numbers.indexOf(number) !== at))]
}

/** What is wrong between the migrations and their list of digests, which maps file names to SHA-256 in hexadecimal. */
export function migrationFaults(sources: readonly Source[], digests: Readonly<Record<string, string>>): string[] {
  const files = new Map(
    sources.filter(isMigration).map(({ path, text }) => [path.split('/').at(-1) ?? '', digestOf(text)]),
  )
  const faults = [...files].flatMap(([name, digest]) => {
    if (digests[name] === digest) return []
    if (digests[name])
      return [`${name} has changed since it was shipped: take the change back and write a new migration`]
    return [`${name} is not listed: once it is final, add "${name}": "${digest}" to ${migrations}/digests.json`]
  })
  const gone = Object.keys(digests).filter((name) => !files.has(name))
  return [...faults, ...gone.map((name) => `${name} was shipped and is gone`)]
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Numbered files are migrations; what else lies beside them may change. */
function isMigration({ path }: Source): boolean {
  return path.startsWith(`${migrations}/`) && /\/\d+-[^/]+(?<!\.test)\.ts$/.test(path)
}
