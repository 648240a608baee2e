import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ranges } from '../src/pages/overview/search.ts'
import { stretchOf } from '../src/pages/overview/stretch.ts'
import { openConsole, portray, violationsOf } from './console.ts'

test('an admin sees how many there are, what needs attention and what happened over time, and goes on from there', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const { totals } = await admin.stats.get()
  const page = await visit('/console', { as: 'admin' })

  const attention = page.getByRole('region', { name: 'Needs attention' })
  await attention.getByText('Pictures are not scanned for viruses').waitFor()
  const count = totals.users.toLocaleString('en')
  await page.getByRole('region', { name: 'Users' }).getByText(count, { exact: true }).waitFor()
  const byStatus = page.getByRole('region', { name: 'By status' })
  assert.match((await byStatus.textContent()) ?? '', new RegExp(`Active${totals.byStatus.active.toLocaleString('en')}`))

  const signIns = page.getByRole('region', { name: 'Sign-ins' })
  await signIns.locator('svg').first().waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'overview-light')
  await page.getByText('Week', { exact: true }).click()
  await page.waitForURL(/range=week/)
  await page.getByRole('combobox', { name: 'By what' }).click()
  await page.getByRole('option', { name: 'By the hour' }).click()
  await page.waitForURL(/interval=hour/)
  await signIns.getByRole('button', { name: 'Show as a table' }).click()
  const table = signIns.getByRole('table', { name: 'Sign-ins' })
  await table.getByRole('columnheader', { name: 'Failed sign-ins' }).waitFor()
  assert.equal(await table.getByRole('row').count(), 7 * 24 + 1)

  const recent = page.getByRole('region', { name: 'Recent activity' })
  await recent
    .getByRole('button', { name: /^User logged in/ })
    .first()
    .click()
  await page.waitForURL(/\/console\/activity\?entry=/)
  await page.getByRole('dialog', { name: 'User logged in' }).waitFor()
  await page.context().close()
})

test('where the charts of a stretch cannot be had, another can be chosen', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console', { as: 'admin' })
  await page.getByRole('region', { name: 'Sign-ups' }).waitFor()

  const isOfYear = ({ pathname, searchParams }: URL) =>
    pathname.endsWith('/api/stats') && searchParams.get('interval') === 'week'
  await page.route(isOfYear, (route) =>
    route.fulfill({ status: 500, json: { error: { code: 'INTERNAL_ERROR', message: 'Broken' } } }),
  )
  await page.getByText('Year', { exact: true }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('region', { name: 'By status' }).waitFor()
  await page.reload()
  await page.getByRole('alert').waitFor()
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
  assert.equal(await page.locator('[class*=Skeleton-root]').count(), 0)
  await page.getByText('Day', { exact: true }).click()
  await page.waitForURL(/range=day/)
  await page.getByRole('region', { name: 'Sign-ups' }).waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
  await page.context().close()
})

test('charts whose part of the console cannot be fetched say so, and come when the page is loaded anew', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/settings', { as: 'admin' })
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  const isPart = ({ pathname }: URL) => /\/bars-[^/]+\.js$/.test(pathname)
  await page.route(isPart, (route) => route.abort())
  await page.getByRole('link', { name: 'Overview', exact: true }).click()

  const signUps = page.getByRole('region', { name: 'Sign-ups' })
  await signUps.getByRole('alert').waitFor()
  assert.deepEqual(await violationsOf(page), [])
  const isMe = ({ pathname }: URL) => pathname.endsWith('/api/users/me')
  await page.route(isMe, (route) => route.fulfill({ status: 502, body: 'Bad gateway' }))
  await signUps.getByRole('button', { name: 'Load the page anew' }).click()
  await signUps.getByRole('alert').nth(1).waitFor()
  await page.unroute(isMe)
  await page.unroute(isPart)
  await signUps.getByRole('button', { name: 'Load the page anew' }).click()
  await signUps.locator('svg').first().waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
  await page.context().close()
})

test('the overview fits a phone, in the dark, and its figures outlast a new load', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console?range=day', { as: 'admin', width: 360, theme: 'dark' })

  await page.getByRole('region', { name: 'Sign-ups' }).locator('svg').first().waitFor()
  await page.getByRole('table', { name: 'Recent activity' }).waitFor()
  assert.equal(await page.getByRole('radio', { name: 'Day' }).isChecked(), true)
  assert.deepEqual(await violationsOf(page), [])
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  await portray(page, 'overview-dark')
  await page.context().close()
})

test('a chart ends with the day that it is for its reader, and is cut into stretches that the server counts', () => {
  const nowMs = Date.parse('2026-11-10T23:30:00Z')
  for (const range of ranges) {
    for (const interval of stretchOf({ range }, nowMs, 'Europe/Berlin').intervals) {
      const { from, to, ...chosen } = stretchOf({ range, interval }, nowMs, 'Europe/Berlin')
      const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
      const stretches = hours / { hour: 1, day: 24, week: 168 }[chosen.interval]
      assert.equal(chosen.interval, interval)
      assert.ok(Number.isInteger(stretches) && stretches > 1 && stretches <= 750, `${range} by ${interval}`)
      assert.equal(to, range === 'day' ? '2026-11-11T00:00:00.000Z' : '2026-11-11T23:00:00.000Z')
    }
  }
})
