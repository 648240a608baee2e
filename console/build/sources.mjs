import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const parts = [
  'console/src',
  'console/public',
  'console/index.html',
  'console/vite.config.ts',
  'console/package-lock.json',
  'clients/typescript/src',
  'clients/conformance/operations.json',
]

/** A digest of everything that the console is made from, in hexadecimal. */
export function digestOfSources() {
  const hash = createHash('sha256')
  for (const path of parts.flatMap(filesIn).sort()) hash.update(`${path}\n`).update(readFileSync(root + path))
  return hash.digest('hex')
}

function filesIn(path) {
  if (/\.\w+$/.test(path)) return [path]
  return readdirSync(root + path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  )
}
