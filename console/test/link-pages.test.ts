import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { linkPagePaths } from '../../server/src/http/link-pages.ts'
import { openConsole, portray, violationsOf } from './console.ts'

/** What the server says to whoever sends the form, and what the page shows then. */
const answers = [
  {
    name: 'refused',
    status: 400,
    body: {
      error: {
        code: 'INVALID_PASSWORD',
        message: 'Password does not meet requirements',
        details: [{ field: 'password', message: 'Password must contain a digit' }],
      },
    },
    shows: /must contain a digit/,
  },
  { name: 'done', status: 200, body: { message: 'Done' }, shows: /sign in|You can/ },
  {
    name: 'spent',
    status: 400,
    body: { error: { code: 'INVALID_TOKEN', message: 'This link is not good any more' } },
    shows: /not good any more/,
  },
] as const

test('pages that links in mail lead to look like the console, in whatever state, and end with a way into it', async () => {
  const { visit } = await openConsole()
  const page = await visit('/reset-password#token=made-up')

  for (const path of linkPagePaths) {
    await page.goto(`${path}?form#token=made-up`)
    await page.locator('#follow').waitFor()
    await isSound(page)
  }
  for (const path of ['/accept-invitation', '/reset-password']) {
    for (const { name, status, body, shows } of answers) {
      await page.route('**/api/auth/*', (route) => route.fulfill({ status, json: body }), { times: 1 })
      await page.goto(`${path}?${name}#token=made-up`)
      await page.locator('#password').fill('Quiet-Harbour-41!')
      await page.locator('#follow button').click()
      await page.locator('#told').filter({ hasText: shows }).waitFor()
      await isSound(page)
      await portray(page, `link${path.replace('/', '-')}-${name}`)
    }
  }

  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

/** In light and in dark, and on a small phone. */
async function isSound(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    assert.deepEqual(await violationsOf(page), [], `${page.url()} ${colorScheme}`)
  }
  await page.setViewportSize({ width: 360, height: 700 })
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), page.url())
}
