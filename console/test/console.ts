import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { SUDIGITALClient } from '../../clients/typescript/src/index.ts'
import { type House, openHouse, type RunningServer } from '../../server/src/cli/testing/house.ts'
import { openBrowser } from '../../server/test/browser.ts'

const top = join(import.meta.dirname, '../..')

/** The documented test users. */
export const testUsers = {
  admin: { email: 'admin@sudigital.com', password: 'admin123' },
  user: { email: 'user@sudigital.com', password: 'user123' },
  viewer: { email: 'viewer@sudigital.com', password: 'viewer123' },
} as const

export type TestUser = keyof typeof testUsers

/** How many made-up people there are beside them; `npm run console:test` takes 100,000. */
const people = Number(process.env.CONSOLE_PEOPLE ?? 5_000)

export interface VisitOptions {
  /** Signed in already as one of the test users, or with credentials; absent for a stranger. */
  readonly as?: TestUser | { readonly email: string; readonly password: string } | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly theme?: 'light' | 'dark' | undefined
}

/** A real server with its console, and a real browser that visits it. */
export interface OpenConsole {
  readonly house: House
  readonly server: RunningServer
  readonly browser: Browser
  readonly url: string
  /** A page at a path of the server, in a browser profile of its own. It fails the test when the page throws, or a policy stops something of it. */
  visit(path: string, options?: VisitOptions): Promise<Page>
  /** What a program would call with, to put people in place and to see what is stored. */
  client(as: TestUser | { readonly email: string; readonly password: string }): Promise<SUDIGITALClient>
}

let opened: Promise<OpenConsole & AsyncDisposable> | null = null

/** The one that all tests of a process share; what they change, they change of people of their own. */
export function openConsole(): Promise<OpenConsole> {
  opened ??= open()
  return opened
}

after(async () => {
  if (opened !== null) await (await opened)[Symbol.asyncDispose]()
})

/** One of a test's own, with these settings, and nobody in it but the test users. */
export function openConsoleWith(settings: Readonly<Record<string, string>>): Promise<OpenConsole & AsyncDisposable> {
  return open(settings, async () => {})
}

async function open(
  settings: Readonly<Record<string, string>> = {},
  prepare: (house: House) => Promise<void> = fill,
): Promise<OpenConsole & AsyncDisposable> {
  const house = await openHouse({ RATE_LIMITS: 'off', LOG_LEVEL: 'error', ...settings })
  await prepare(house)
  const server = await house.serve()
  const browser = await openBrowser()
  // As the README has people open it.
  const url = server.url.replace('127.0.0.1', 'localhost')
  const faults: string[] = []
  const credentialsOf = (as: NonNullable<VisitOptions['as']>) => (typeof as === 'string' ? testUsers[as] : as)
  return {
    house,
    server,
    browser,
    url,
    async visit(path, { as, width = 1440, height = 900, theme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        baseURL: url,
        locale: 'en-GB',
      })
      const tokens = as === undefined ? {} : { 'roster.tokens': JSON.stringify(await signIn(url, credentialsOf(as))) }
      // Later loads of the page keep what the console has kept since.
      await context.addInitScript(
        (kept) => {
          if (sessionStorage.getItem('begun') !== null) return
          for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
          sessionStorage.setItem('begun', 'yes')
        },
        { ...tokens, 'roster.theme': theme },
      )
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${path}: ${error.stack ?? error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|React|Uncaught/.test(message.text()))
          faults.push(`${path}: ${message.text()}`)
      })
      await page.goto(path)
      return page
    },
    async client(as) {
      const { accessToken: token, refreshToken } = await signIn(url, credentialsOf(as))
      return new SUDIGITALClient({ baseURL: url, token, refreshToken })
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.stop()
      await house[Symbol.asyncDispose]()
      if (faults.length > 0) throw new Error(`pages met faults:\n${faults.join('\n')}`)
    },
  }
}

async function signIn(url: string, { email, password }: { readonly email: string; readonly password: string }) {
  const client = new SUDIGITALClient({ baseURL: url })
  const signedIn = await client.auth.login({ email, password })
  if ('challenge' in signedIn) throw new Error(`${email} has a second factor`)
  return { accessToken: signedIn.accessToken, refreshToken: signedIn.refreshToken }
}

/** Made-up people take most of a minute to add, so a directory with them is kept for the next time, under a name that changes with what makes them. */
async function fill(house: House): Promise<void> {
  const kept = join(top, 'node_modules/.cache', `people-${people}-${await digestOfPeople()}`)
  if (!existsSync(kept)) {
    const { code, errors } = await house.run(['demo', '--users', String(people), '--json'])
    if (code !== 0) throw new Error(errors)
    await mkdir(join(kept, '..'), { recursive: true })
    const half = await mkdtemp(`${kept}-`)
    await cp(house.dataDirectory, half, { recursive: true })
    await rename(half, kept).catch(() => rm(half, { recursive: true, force: true }))
  } else {
    await cp(kept, house.dataDirectory, { recursive: true })
  }
}

async function digestOfPeople(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of ['cli/demo.ts', 'cli/demo-people.ts', 'store/migrations/digests.json']) {
    hash.update(await readFile(join(top, 'server/src', file)))
  }
  return hash.digest('hex').slice(0, 16)
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds wrong with a page as it is now: the rules of WCAG 2.2 AA and its best practices, each with what breaks it. */
export async function violationsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(axe, 'utf8'))
  await atRest(page)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[]
        }>
      }
    }
    // Of what is in order nothing is told, and to put that into words is half of its work.
    const { violations } = await axe.run({ resultTypes: ['violations'], selectors: false })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`),
    )
  })
}

/** Waits until nothing moves on a page any more, but for what moves for ever. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished.catch(() => {})),
    ),
  )
}

/** Draws a page as people see it at a desk and on a phone, into `console/screenshots`, for looking at; `npm test` does without. */
export async function portray(page: Page, name: string): Promise<void> {
  if (process.env.CONSOLE_SCREENSHOTS === 'no') return
  const size = page.viewportSize()
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await atRest(page)
    await page.screenshot({ path: join(top, 'console/screenshots', `${name}-${width}.png`), fullPage: true })
  }
  if (size !== null) await page.setViewportSize(size)
}
