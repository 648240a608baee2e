import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { openConsole, portray, violationsOf } from './console.ts'

const password = 'Quiet-Harbour-71!'

/** Somebody of this test alone, with a few things in their record. */
async function somebody(email: string, firstName: string) {
  const { client } = await openConsole()
  const admin = await client('admin')
  const user = await admin.users.create({ email, password, firstName, lastName: 'Recorded', status: 'active' })
  return { admin, user }
}

test('an admin finds what happened to somebody, by kind, person and day, and reads all of it', async () => {
  const { visit } = await openConsole()
  const { admin, user } = await somebody('orla@example.com', 'Orla')
  await admin.users.update(user.id, { role: 'viewer' })
  await admin.users.update(user.id, { profile: { bio: 'Archivist' } })
  const page = await visit('/console/activity', { as: 'admin' })

  const table = page.getByRole('table', { name: 'What happened' })
  await table.waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'activity')
  await page.getByRole('combobox', { name: 'Account' }).fill('Orla Recorded')
  await page.getByRole('option', { name: /Orla Recorded/ }).click()
  await page.waitForURL(new RegExp(`user=${user.id}`))
  await page.getByRole('status').filter({ hasText: '3 entries' }).waitFor()
  assert.deepEqual(await table.getByRole('link').allTextContents(), Array(3).fill('Orla Recorded'))
  await table.getByText('profile').waitFor()

  await page.getByRole('combobox', { name: 'Kind' }).fill('role')
  await page.getByRole('option', { name: 'Role changed', exact: true }).click()
  await page.waitForURL(/type=role_changed/)
  await page.getByRole('status').filter({ hasText: '1 entry' }).waitFor()
  await table.getByRole('button', { name: /^Role changed/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Role changed' })
  await drawer.getByText('viewer').waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'activity-entry')
  await drawer.getByRole('button', { name: 'More by the same' }).click()
  await drawer.waitFor({ state: 'hidden' })
  await page.waitForURL(/actor=/)

  await page.reload()
  await page.getByRole('status').filter({ hasText: '1 entry' }).waitFor()
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await page.getByRole('heading', { name: 'Nothing is recorded' }).waitFor()
  await page.getByRole('button', { name: 'Clear all filters' }).click()
  await page
    .getByRole('status')
    .filter({ hasText: /More than|entries/ })
    .waitFor()
  assert.equal(new URL(page.url()).search, '')
  await page.context().close()
})

test('the audit log goes on as it is read, and what is shown can be saved', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/activity?type=created', { as: 'admin', width: 360, theme: 'dark' })
  const rows = page.getByRole('table', { name: 'What happened' }).getByRole('row')
  await rows.nth(50).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))

  await rows.last().scrollIntoViewIfNeeded()
  await rows.nth(100).waitFor()
  const ids = new Set(
    await rows.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
  )
  assert.ok(ids.size >= 100, 'nobody is created twice')

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save what is shown' }).click(),
  ])
  const text = await readFile(await file.path(), 'utf8')
  assert.match(text, /^time,type,what,/)
  assert.ok(text.split('\r\n').length > 100)
  await page.context().close()
})

test("an organization's admin reads what is about it, and nothing of anybody else", async () => {
  const { visit } = await openConsole()
  const { admin, user } = await somebody('tove@example.com', 'Tove')
  const organization = await admin.organizations.create({ name: 'Readers of logs', slug: 'readers-of-logs' })
  await admin.organizations.members.set(organization.id, user.id, { role: 'admin' })
  const page = await visit('/console/activity', { as: { email: 'tove@example.com', password } })

  const table = page.getByRole('table', { name: 'What happened' })
  await table.getByRole('button', { name: /^Organization joined/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Organization joined' })
  await drawer.getByRole('link', { name: 'Readers of logs' }).waitFor()
  await drawer.getByText('Somebody else').waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
  assert.match((await table.textContent()) ?? '', /Tove Recorded/)
  assert.equal(await page.getByRole('combobox', { name: 'Account' }).count(), 0)
  await page.context().close()
})
