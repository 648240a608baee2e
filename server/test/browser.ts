import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const debians = '/usr/bin/chromium'

/** Debian's Chromium where it is installed, else the one that comes with the dependencies and needs nothing of the machine. */
export function openBrowser(from: 'debian' | 'npm' = existsSync(debians) ? 'debian' : 'npm'): Promise<Browser> {
  return from === 'debian' ? chromium.launch({ executablePath: debians, chromiumSandbox: false }) : launchUnpacked()
}

async function launchUnpacked(): Promise<Browser> {
  const folder = await unpackedOnce()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    chromiumSandbox: false,
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  })
}

const packageFile = createRequire(import.meta.url).resolve('@sparticuz/chromium')
const modules = packageFile.slice(0, packageFile.lastIndexOf('@sparticuz'))

/**
 * It unpacks into the folder for temporary files, and takes whatever lies there for whole, so it is given one of its own, which gets its lasting
 * name when it is complete. What it sets in the environment is no business of this process.
 */
async function unpackedOnce(): Promise<string> {
  const { version } = createRequire(import.meta.url)(join(dirname(packageFile), '..', 'package.json')) as {
    version: string
  }
  const lasting = join(modules, '.cache', `chromium-${version}`)
  if (existsSync(lasting)) return lasting
  await mkdir(dirname(lasting), { recursive: true })
  const folder = await mkdtemp(`${lasting}-`)
  const unpack = `await (await import('@sparticuz/chromium')).default.executablePath()`
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack], { cwd: import.meta.dirname, env })
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontsIn(join(lasting, 'fonts')))
  await rename(folder, lasting).catch(() => rm(folder, { recursive: true, force: true }))
  return lasting
}

/** What it brings along names the folder for temporary files. A cache without a whole path would be kept wherever the browser is started. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>
`
}
