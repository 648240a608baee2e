import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type OpenConsole, openConsole, portray, type TestUser, violationsOf } from './console.ts'

const src = join(import.meta.dirname, '../src')

/** The addresses that the route tables list, each with the file that does: `pages/users/routes.ts users/$userId`. */
function listedAddresses(): string[] {
  return globSync('**/routes.ts', { cwd: src })
    .flatMap((file) =>
      [...readFileSync(join(src, file), 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => `${file} ${path}`),
    )
    .filter((address) => !/^routes\.ts /.test(address))
    .sort()
}

interface Walked {
  /** As whom; a stranger unless said. */
  readonly as?: TestUser
  readonly address: string
}

describe('every page of the console', () => {
  let open: OpenConsole
  let pages: Readonly<Record<string, Walked>>

  before(async () => {
    open = await openConsole()
    const client = await open.client('admin')
    const stamp = Date.now().toString(36)
    const person = await client.users.create({
      email: `walker-${stamp}@example.com`,
      password: 'Walks-Through-1843!',
      firstName: 'Wanda',
      lastName: 'Walker',
      status: 'active',
    })
    await client.users.update(person.id, { profile: { bio: 'Walks through every page.', location: 'London' } })
    const organization = await client.organizations.create({ name: `Walkers ${stamp}`, slug: `walkers-${stamp}` })
    await client.invitations.create({ email: `invited-${stamp}@example.com`, firstName: 'Ida' })
    const mail = await firstMail(client)
    pages = walk({ user: person.id, organization: organization.id, mail })
  })

  test('is walked here', () => {
    assert.deepEqual(Object.keys(pages).sort(), listedAddresses())
  })

  test('keeps nobody out: axe finds nothing in light and in dark, and nothing hangs over at 360 pixels', {
    timeout: 600_000,
  }, async () => {
    const wrong: Record<string, unknown> = {}
    const left = Object.entries(pages)
    const walkOn = async () => {
      const visitors = new Map<TestUser | undefined, Page>()
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [name, { as, address }] = next
        const page = visitors.get(as) ?? (await open.visit('/console/nowhere', { as }))
        visitors.set(as, page)
        const found = await faultsOf(page, address)
        if (found.length > 0) wrong[name] = found
      }
    }
    await Promise.all([walkOn(), walkOn()])
    assert.deepEqual(wrong, {})
  })
})

/** Of one load: in light at a desk and on a phone, and then in dark on a phone and at a desk. */
async function faultsOf(page: Page, address: string): Promise<string[]> {
  await page.goto(address)
  await choose(page, 'light')
  const faults = [...(await settled(page)), ...(await violationsOf(page))]
  await portray(page, nameOf('light', address))
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 800 })
  faults.push(...(await hangingOver(page)))
  await choose(page, 'dark')
  faults.push(...(await hangingOver(page)))
  if (size !== null) await page.setViewportSize(size)
  faults.push(...(await violationsOf(page)).map((fault) => `in dark: ${fault}`))
  await portray(page, nameOf('dark', address))
  return faults
}

function nameOf(theme: string, address: string): string {
  const path = address
    .replace(/\?.*/, '')
    .replaceAll(/[0-9a-f-]{36}/g, 'one')
    .replaceAll('/', '-')
  return theme + path
}

/** As a page learns it from another tab. */
async function choose(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((newValue) => {
    localStorage.setItem('roster.theme', newValue)
    dispatchEvent(new StorageEvent('storage', { key: 'roster.theme', newValue, storageArea: localStorage }))
  }, theme)
  await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor()
}

function walk({
  user,
  organization,
  mail,
}: Readonly<Record<'user' | 'organization' | 'mail', string>>): Record<string, Walked> {
  const addresses: Readonly<Record<string, readonly string[]>> = {
    'pages/overview/routes.ts': ['/ '],
    'pages/users/routes.ts': ['users /users?search=a&status=active'],
    'pages/new-users/routes.ts': ['users/new /users/new'],
    'pages/users/person/routes.ts': [
      `users/$userId /users/${user}`,
      `/ /users/${user}/`,
      ...['attributes', 'sign-in', 'organizations', 'activity', 'data'].map((part) => `${part} /users/${user}/${part}`),
    ],
    'pages/invitations/routes.ts': ['invitations /invitations', 'invitations/new /invitations/new'],
    'pages/organizations/routes.ts': [
      'organizations /organizations',
      `organizations/$organizationId /organizations/${organization}`,
    ],
    'pages/activity/routes.ts': ['activity /activity'],
    'pages/mail/routes.ts': ['mail /mail', `mail/$mailId /mail/${mail}`],
    'pages/tokens/routes.ts': ['tokens /tokens'],
    'pages/settings/routes.ts': ['settings /settings'],
    'pages/account/routes.ts': [
      'account /account',
      '/ /account/',
      ...['profile', 'preferences', 'security', 'devices', 'data'].map((part) => `${part} /account/${part}`),
    ],
  }
  const doors = [
    '/console/sign-in',
    '/console/sign-up',
    '/console/forgot-password',
    '/console/resend-verification',
    '/console/set-up',
  ]
  return {
    ...Object.fromEntries(doors.map((address): [string, Walked] => [`doors/routes.ts ${address}`, { address }])),
    ...Object.fromEntries(
      Object.entries(addresses).flatMap(([file, lines]) =>
        lines.map((line): [string, Walked] => {
          const [path, address] = line.split(' ')
          return [`${file} ${path}`, { as: 'admin', address: `/console${address}` }]
        }),
      ),
    ),
  }
}

/** Whatever is still coming has come. */
async function settled(page: Page): Promise<string[]> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  const isThere = page.waitForFunction(
    () =>
      [...document.querySelectorAll('[aria-label="Loading"]')].every(
        (coming) => coming.getBoundingClientRect().top > innerHeight,
      ),
    undefined,
    { timeout: 15_000 },
  )
  return isThere.then(
    () => [],
    (error: unknown) => [String(error)],
  )
}

async function hangingOver(page: Page): Promise<string[]> {
  // What moves aside while the page becomes narrow does so in its own time.
  const fits = await page
    .waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, undefined, { timeout: 5_000 })
    .then(() => true)
    .catch(() => false)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  return fits ? [] : [`${width} pixels wide at 360`]
}

async function firstMail(client: Awaited<ReturnType<OpenConsole['client']>>): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { data } = await client.mail.list({ limit: 1 })
    if (data[0] !== undefined) return data[0].id
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no mail was written')
}
