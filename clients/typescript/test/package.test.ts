import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { cast } from '../../../server/test/cast.ts'
import { makePlace } from '../../../server/test/memory.ts'
import { openWorld } from '../../../server/test/world.ts'
import { examplesIn, pagesWithExamples } from './examples.ts'

const run = promisify(execFile)
const own = join(import.meta.dirname, '..')
const top = join(own, '../..')
const tsc = join(top, 'node_modules/typescript/bin/tsc')
const packageFolder = 'node_modules/@sudigital/client'

/** The sample of the house document, word for word. */
const sample = `import { SUDIGITALClient } from '@sudigital/client'

const client = new SUDIGITALClient({
  baseURL: 'http://localhost:3001',
  token: 'your-jwt-token',
})

// Get all users
const users = await client.users.list({
  page: 1,
  limit: 10,
  search: 'john',
})

// Create user
const newUser = await client.users.create({
  email: 'jane@example.com',
  password: 'SecurePassword123!',
  firstName: 'Jane',
  lastName: 'Smith',
})

// Get current user
const currentUser = await client.users.me()

// Update user
const updatedUser = await client.users.update('user-id', {
  firstName: 'Updated Name',
})
`

/** Puts the server of the test, a token and an id where the sample has placeholders, on the way out. */
const onTheWay = `const send = globalThis.fetch
globalThis.fetch = (address, init) => {
  const url = address.replace('http://localhost:3001', process.env.SERVER).replace('user-id', process.env.USER_ID)
  const headers = new Headers(init.headers)
  headers.set('authorization', headers.get('authorization').replace('your-jwt-token', process.env.TOKEN))
  return send(url, { ...init, headers })
}
`

describe('the package', async () => {
  const project = await makePlace('roster-sdk-')
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module' }))
  const packed = await install(project)

  test('holds what runs, its types, a quick start and a licence, and nothing else', async () => {
    const kinds = packed.map((path) => path.replace(/^dist\/.*\.(d\.ts|js)$/, 'dist/*.$1'))
    assert.deepEqual([...new Set(kinds)].sort(), ['LICENSE', 'README.md', 'dist/*.d.ts', 'dist/*.js', 'package.json'])
    const about = JSON.parse(await readFile(join(own, 'package.json'), 'utf8'))
    assert.deepEqual(
      [about.name, about.dependencies, about.type, about.sideEffects],
      ['@sudigital/client', undefined, 'module', false],
    )
    assert.ok(
      packed.includes(about.exports['.'].types.slice(2)) && packed.includes(about.exports['.'].default.slice(2)),
    )
    assert.equal(await readFile(join(own, 'LICENSE'), 'utf8'), await readFile(join(top, 'LICENSE'), 'utf8'))
  })

  test('asks for nothing but what every platform has', async () => {
    for (const path of packed.filter((one) => one.endsWith('.js'))) {
      const text = await readFile(join(project, packageFolder, path), 'utf8')
      const imported = [...text.matchAll(/^\s*(?:import|export) .*?from '([^']+)'/gm)].map(
        ([, specifier = '']) => specifier,
      )
      assert.deepEqual(
        imported.filter((specifier) => !/^\.\.?\/.*\.js$/.test(specifier)),
        [],
        path,
      )
      assert.doesNotMatch(
        text.replace(/\/\*\*[\s\S]*?\*\//g, ''),
        /\b(?:process|Buffer|require|window|document|Deno|Bun)\b[.([]/,
        path,
      )
    }
  })

  test('runs the sample of the document word for word, and each example is one that the compiler takes', async () => {
    await using world = await openWorld()
    await writeFile(join(project, 'sample.mjs'), sample)
    await writeFile(join(project, 'sample.ts'), sample)
    await writeFile(join(project, 'on-the-way.mjs'), onTheWay)
    const { id } = cast.grace.user

    const env = { ...process.env, SERVER: world.url, USER_ID: id, TOKEN: await world.token('ada') }
    const [ran] = await Promise.all([
      run(process.execPath, ['--import', './on-the-way.mjs', 'sample.mjs'], { cwd: project, env }),
      compileExamples(project),
    ])

    assert.deepEqual([ran.stdout, ran.stderr], ['', ''])
    assert.equal((await world.core.directory.users.byClaim('email', 'jane@example.com'))?.lastName, 'Smith')
    assert.equal((await world.core.directory.users.byId(id))?.firstName, 'Updated Name')
  })

  test('has an example for each of its methods', async () => {
    const nouns = await readdir(join(own, 'src/nouns'))
    for (const name of nouns) {
      const text = await readFile(join(own, 'src/nouns', name), 'utf8')
      const methods = new Set([...text.matchAll(/^ {2}(?!constructor)(\w+)\(/gm)].map(([, method = '']) => method))
      const shown = examplesIn(text).join('\n')
      for (const method of methods) assert.match(shown, new RegExp(`\\b${method}\\(`), `${name}: ${method}`)
    }
  })
})

/** As npm would: what it packs, in the place where it is looked for. Answers the files. */
async function install(project: string): Promise<string[]> {
  const copy = join(project, 'package')
  for (const name of ['package.json', 'tsconfig.json', 'README.md', 'LICENSE', 'src']) {
    await cp(join(own, name), join(copy, name), { recursive: true })
  }
  await run(process.execPath, [tsc, '-p', copy])
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], { cwd: copy })
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
  const paths = files.map(({ path }) => path)
  for (const path of paths) await cp(join(copy, path), join(project, packageFolder, path))
  return paths
}

/** The sample, what the docstrings show and what the pages show, as modules of a project that has the package. */
async function compileExamples(project: string): Promise<void> {
  await writeFile(join(project, 'known.d.ts'), known)
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts', 'examples'] }))
  let written = 0
  for (const [page, examples] of await pagesWithExamples()) {
    for (const [at, example] of examples.entries()) {
      const path = join(project, 'examples', `${page}.${at + 1}.ts`)
      await mkdir(dirname(path), { recursive: true })
      const isWhole = /from '@sudigital\/client'/.test(example)
      await writeFile(path, isWhole ? example : `import { SUDIGITALClient } from '@sudigital/client'\n${example}`)
      written += 1
    }
  }
  assert.ok(written > 70, `only ${written} examples`)
  const compiled = await run(process.execPath, [tsc, '-p', project]).catch(({ stdout }: { stdout: string }) => ({
    stdout,
  }))
  assert.equal(compiled.stdout, '')
}

const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
}

/** What examples go by without saying where they have it from. */
const known = `import type { BodyOf, SUDIGITALClient } from '@sudigital/client'
declare global {
  const client: SUDIGITALClient
  const id: string, otherId: string, organizationId: string, invitationId: string, sessionId: string, factorId: string
  const tokenId: string, mailId: string, importId: string, challengeId: string
  const token: string, accessToken: string, refreshToken: string, password: string
  const credential: BodyOf<'signInByPasskey'>['credential']
  const newCredential: BodyOf<'addPasskey'>['credential']
  const file: File
}
`
