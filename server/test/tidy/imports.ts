import about from '../../../package.json' with { type: 'json' }
import { type Breach, importsOf, isProduct, isScript, type Rule, type Source } from './source.ts'

/** What each layer may import, itself included; `app/contracts.ts` and `app/assemble.ts` know the contracts, too. */
const law = {
  core: ['core'],
  store: ['store', 'core'],
  adapters: ['adapters', 'core'],
  http: ['http', 'core'],
  wire: ['wire', 'http', 'core'],
  app: ['app', 'http', 'store', 'adapters', 'core'],
  cli: ['cli', 'app', 'core'],
} as const

export const layers = Object.keys(law)

const knowsContracts: readonly string[] = ['server/src/app/contracts.ts', 'server/src/app/assemble.ts']
const assemblyLaw = ['app', 'wire', 'http', 'store', 'adapters', 'core']

export const importRules: readonly Rule[] = [
  {
    says: 'imports point one way: cli → app → wire → http → core, app → store → core, app → adapters → core',
    covers: isProduct,
    breaches: (source) => breachesOf(source, ({ target }) => target !== null && breaksLaw(source.path, target)),
    catches: [
      ['server/src/core/users/a.ts', `import type { Row } from '../../store/tables.ts'`],
      ['server/src/store/users.ts', `import { may } from '../adapters/clock.ts'`],
      ['server/src/adapters/clock.ts', `export { a } from '../app/settings.ts'`],
      ['server/src/http/server.ts', `const { b } = await import('../wire/sudigital/contract.ts')`],
      ['server/src/wire/sudigital/users.ts', `import { users } from '../../store/users.ts'`],
      ['server/src/wire/sudigital/users.ts', `const worker = new Worker(new URL('../../store/a.ts', import.meta.url))`],
      ['server/src/app/serve.ts', `import { sudigital } from '../wire/sudigital/contract.ts'`],
      ['server/src/app/assemble.ts', `import { main } from '../cli/main.ts'`],
      ['server/src/cli/serve.ts', `import type { Core } from '../wire/sudigital/contract.ts'`],
      ['server/src/store/users.ts', `import { rows } from '../../test/cast.ts'`],
    ],
    allows: [
      ['server/src/app/assemble.ts', `import { sudigital } from '../wire/sudigital/contract.ts'`],
      ['server/src/app/directory.ts', `import { openStore } from '../store/store.ts'`],
      ['server/src/wire/sudigital/users.ts', `import { may } from '../../core/permissions.ts'`],
      ['server/src/store/users.test.ts', `import { openWorld } from '../../test/world.ts'`],
      ['server/src/cli/main.ts', `import about from '../../../package.json' with { type: 'json' }`],
      ['server/src/core/a.ts', `// import { x } from '../store/store.ts'`],
    ],
  },
  {
    says: 'contracts never import one another, and nothing that they share imports one of them',
    covers: (path) => isProduct(path) && path.startsWith('server/src/wire/'),
    breaches: (source) =>
      breachesOf(
        source,
        ({ target }) => target !== null && ![null, contractOf(source.path)].includes(contractOf(target)),
      ),
    catches: [
      ['server/src/wire/racknap/users.ts', `import { present } from '../sudigital/present.ts'`],
      ['server/src/wire/routes.ts', `import { present } from './sudigital/present.ts'`],
    ],
    allows: [
      ['server/src/wire/racknap/users.ts', `import { present } from './present.ts'`],
      ['server/src/wire/racknap/parts/a.ts', `import { routes } from '../../routes.ts'`],
    ],
  },
  {
    says: 'core imports no package',
    covers: (path) => isProduct(path) && path.startsWith('server/src/core/'),
    breaches: (source) => breachesOf(source, ({ target }) => target === null),
    catches: [
      ['server/src/core/a.ts', `import { createHash } from 'node:crypto'`],
      ['server/src/core/a.ts', `import type { Kysely } from 'kysely'`],
      ['server/src/core/a.ts', `import 'pg'`],
    ],
    allows: [
      ['server/src/core/a.ts', `import { b } from './b.ts'\nconst bytes = list.from('node:crypto')`],
      ['server/src/core/a.test.ts', `import { test } from 'node:test'`],
    ],
  },
  {
    says: 'a library that is packed is imported by its packed name, so that there is one of it',
    covers: (path) => isScript(path) && path.endsWith('.ts'),
    breaches: (source) => breachesOf(source, ({ specifier }) => Object.hasOwn(about.imports, `#${specifier}`)),
    catches: [
      ['server/src/store/a.ts', `import { sql } from 'kysely'`],
      ['server/src/http/a.test.ts', `import type { TSchema } from 'typebox'`],
    ],
    allows: [['server/src/store/a.ts', `import { sql } from '#kysely'\nimport pg from 'pg'`]],
  },
  {
    says: 'relative imports name the file, ending included',
    covers: isScript,
    breaches: (source) =>
      breachesOf(source, ({ target, specifier }) => target !== null && !/\.(ts|tsx|mjs|json|css|svg)$/.test(specifier)),
    catches: [
      ['server/src/http/a.ts', `import { b } from './b'`],
      ['server/src/http/a.ts', `import { b } from './b.js'`],
      ['server/src/http/a.ts', `import { b } from '..'`],
    ],
    allows: [['server/src/http/a.ts', `import { b } from './b.ts'\nimport pg from 'pg'`]],
  },
]

type Import = ReturnType<typeof importsOf>[number]

function breachesOf(source: Source, isBreach: (imported: Import) => boolean): Breach[] {
  return importsOf(source)
    .filter(isBreach)
    .map(({ at, specifier }) => ({ at, what: `imports ${specifier}` }))
}

function breaksLaw(path: string, target: string): boolean {
  if (target.startsWith('server/test/')) return true
  const [from, to] = [layerOf(path), layerOf(target)]
  if (from === null || to === null) return false
  const allowed: readonly string[] = knowsContracts.includes(path) ? assemblyLaw : law[from]
  return !allowed.includes(to)
}

function layerOf(path: string): keyof typeof law | null {
  const [, layer = ''] = /^server\/src\/([^/]+)\//.exec(path) ?? []
  return Object.hasOwn(law, layer) ? (layer as keyof typeof law) : null
}

function contractOf(path: string): string | null {
  return /^server\/src\/wire\/([^/]+)\//.exec(path)?.[1] ?? null
}
