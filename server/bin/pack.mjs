// Packs each library that package.json imports by a name with "#" into one file: to find a file takes as long as to run it, Kysely has
// 255 of them, Typebox 683, and three threads begin by loading them.
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { imports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))
/** What is a path and no more is a part of this repository. */
const packed = Object.values(imports).filter((entry) => typeof entry === 'object')
const libraries = new Map(packed.map(({ types, default: file }) => [basename(file, '.mjs'), types]))

await rm(`${root}/server/packed`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries([...libraries.keys()].map((name) => [name, `packed:${name}`])),
  outdir: 'server/packed',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'shared-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  logLevel: 'warning',
  // What was CommonJS goes on asking for Node's own modules in its way.
  banner: { js: `import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)` },
  plugins: [
    {
      name: 'packed',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^packed:/ }, ({ path }) => ({ path: path.slice('packed:'.length), namespace: 'packed' }))
        onLoad({ filter: /^/, namespace: 'packed' }, async ({ path }) => ({
          contents: await exportsOf(libraries.get(path)),
          resolveDir: root,
        }))
      },
    },
  ],
})

/** What a library exports, named one by one: of a CommonJS module nothing less is passed on. */
async function exportsOf(library) {
  const names = Object.keys(await import(library)).filter((name) => name !== 'module.exports')
  return `export { ${names.join(', ')} } from '${library}'`
}
