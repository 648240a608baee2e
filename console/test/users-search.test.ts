import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { noteAsked, noteSearch, patience } from '../src/pages/users/list/patience.ts'
import { openConsole } from './console.ts'

test('a key is searched for at once, a page that is seen is all that is asked for, and nothing typed is lost to a slow answer', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/users', { as: 'admin' })
  await page.locator('tbody tr[aria-rowindex]').first().waitFor()
  const asked = listsOf(page)
  const release = await holdBack(page, 'mar')
  const box = page.getByRole('searchbox', { name: 'Search' })
  await box.pressSequentially('mari', { delay: 90 })
  await page.locator('tbody tr[aria-rowindex="2"]', { hasText: /mari/i }).waitFor()
  await page.waitForURL(/search=mari$/)
  await release()
  assert.equal(await box.inputValue(), 'mari')
  const rows = asked.filter((one) => one.get('cursor') !== null)
  assert.deepEqual(
    rows.map((one) => one.get('search')),
    ['m', 'ma', 'mar', 'mari'],
  )
  assert.ok(
    rows.every((one) => Number(one.get('limit')) <= 30),
    String(rows),
  )
})

test('a filter that is chosen before an answer comes keeps what was typed, and the way back leads to it', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/users', { as: 'admin' })
  await page.locator('tbody tr[aria-rowindex]').first().waitFor()
  const release = await holdBack(page, 'garcia')
  await page.getByRole('searchbox', { name: 'Search' }).fill('garcia')
  await page.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Viewer' }).click()
  await page.waitForURL(/search=garcia&role=viewer/)
  await release()
  const first = page.locator('tbody tr[aria-rowindex="2"]', { hasText: /garcia.*viewer/i })
  await first.getByRole('link').click()
  await page.waitForURL(/users\/[0-9a-f-]{36}$/)
  await page.goBack()
  await first.waitFor()
  assert.equal(await page.getByRole('searchbox', { name: 'Search' }).inputValue(), 'garcia')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.waitForURL(/users$/)
  assert.equal(await page.getByRole('searchbox', { name: 'Search' }).inputValue(), '')
})

test('rows of one search are drawn over those of another, and lead to whom they show now', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/users?search=maria&sort=email', { as: 'admin' })
  const rows = page.locator('tbody tr[aria-rowindex]')
  await rows.filter({ hasText: /maria/i }).first().waitFor()
  const before = await rows.first().elementHandle()
  await page.getByRole('searchbox', { name: 'Search' }).fill('garcia')
  await rows
    .first()
    .filter({ hasText: /garcia/i })
    .waitFor()
  assert.equal(await rows.first().evaluate((row, old) => row === old, before), true)
  const address = await rows.first().getByRole('link').getAttribute('href')
  await rows.first().locator('td').nth(2).click()
  await page.waitForURL((url) => url.pathname === address)
  await page.goBack()
  await page.waitForURL(/search=garcia/)
})

test('whoever leaves before what they typed was searched for is not called back, and finds it on the way back', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/users', { as: 'admin' })
  await page.locator('tbody tr[aria-rowindex]').first().waitFor()
  await page.evaluate(async () => {
    const box = document.querySelector<HTMLInputElement>('input[type=search]')
    const type = async (text: string) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text)
      box?.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
    }
    await type('garc')
    await type('garcia')
    const link = document.querySelector<HTMLAnchorElement>('nav a[href$="/console/activity"]')
    link?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    await new Promise((pressed) => setTimeout(pressed, 20))
    link?.click()
  })
  await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor()
  await page.waitForTimeout(600)
  assert.match(page.url(), /\/console\/activity/)
  await page.goBack()
  await page.waitForURL(/search=garcia/)
})

test('whoever types without a rest asks for no more lists in a minute than the server takes', () => {
  const keyMs = 120
  const wordKeys = 8
  const thinkingMs = 600
  const asked: number[] = []
  const ask = (at: number) => {
    asked.push(at)
    noteAsked(at)
  }
  let now = 0
  let waitedForFirst = 0
  for (let word = 0; word < 200; word += 1) {
    for (let key = 1; key <= wordKeys; key += 1) {
      const wait = patience(now)
      if (word < 5) waitedForFirst = Math.max(waitedForFirst, wait)
      const next = key === wordKeys ? thinkingMs : keyMs
      if (wait < next) {
        noteSearch(now + wait)
        ask(now + wait)
        if (key === wordKeys && wait + 250 < next) ask(now + wait + 250)
      }
      now += next
    }
  }
  const busiest = Math.max(...asked.map((from) => asked.filter((at) => at >= from && at < from + 60_000).length))
  assert.ok(busiest <= 95, String(busiest))
  assert.equal(waitedForFirst, 0)
})

/** What lists of users were asked for from now on. */
function listsOf(page: Page): URLSearchParams[] {
  const lists: URLSearchParams[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/api/users' && request.method() === 'GET') lists.push(searchParams)
  })
  return lists
}

/** Keeps the answer to a search until it is released. */
async function holdBack(page: Page, words: string): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const isIt = ({ searchParams }: URL) => searchParams.get('search') === words
  await page.route(isIt, async (route) => {
    await promise
    await route.continue().catch(() => undefined)
  })
  return async () => {
    resolve()
    await page.unroute(isIt)
  }
}
