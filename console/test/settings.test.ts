import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limitInWords } from '../src/pages/settings/limit-words.ts'
import { settingInWords } from '../src/pages/settings/quantities.ts'
import { openConsole, portray, violationsOf } from './console.ts'

test('an admin finds every setting and limit in force, in words, and no secret', async () => {
  const { visit, client } = await openConsole()
  const { settings, limits } = await (await client('admin')).settings.get()
  const page = await visit('/console/settings', { as: 'admin' })

  await page.getByRole('region', { name: 'Serving' }).waitFor()
  const text = (await page.locator('main').textContent()) ?? ''
  for (const { name } of [...settings, ...limits]) assert.ok(text.includes(name), name)
  await portray(page, 'settings')

  const sought = page.getByRole('searchbox', { name: 'Find a setting or limit' })
  await sought.fill('ACCESS_TOKEN_TTL')
  await page.waitForURL(/q=ACCESS_TOKEN_TTL/)
  const signingIn = page.getByRole('region', { name: 'Signing in' })
  await signingIn.getByText('1 hour', { exact: true }).waitFor()
  await signingIn.getByText('default', { exact: true }).waitFor()
  await page.getByRole('region', { name: 'Serving' }).waitFor({ state: 'detached' })
  await sought.fill('MASTER_KEY')
  await page.getByText('Not set').first().waitFor()
  await sought.fill('upload')
  await page.getByRole('region', { name: 'Limits: Pictures' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await sought.fill('avatarBytesMax')
  await page.getByRole('row', { name: /at most 5 MiB/ }).waitFor()
  for (const name of ['API reference', 'API overview', 'Authentication', 'Quick start']) {
    const href = (await page.getByRole('link', { name }).getAttribute('href')) ?? ''
    assert.equal((await page.request.get(href)).status(), 200, name)
  }
  await sought.fill('no such thing')
  await page.getByRole('heading', { name: 'Nothing is called that' }).waitFor()
  await page.context().close()
})

test('the settings fit a phone, in the dark, and an address leads to what was looked for', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/settings?q=CLAMD_URL', { as: 'admin', width: 360, theme: 'dark' })
  await page.getByRole('heading', { name: 'CLAMD_URL' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await page.getByRole('searchbox').fill('')
  await page.getByRole('region', { name: 'Limits: Passwords' }).waitFor()
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  await portray(page, 'settings-dark')
  await page.context().close()
})

test('limits and settings are told with their units in words', () => {
  const shown = (name: string, value: number) => {
    const { label, value: words } = limitInWords(name, value)
    return `${label}: ${words}`
  }
  assert.equal(shown('avatarBytesMax', 5 * 1024 * 1024), 'Avatar: at most 5 MiB')
  assert.equal(shown('mailKeptMs', 30 * 86_400_000), 'Mail kept: 30 days')
  assert.equal(shown('linkRequestsPerDayMax', 5), 'Link requests per day: at most 5')
  assert.equal(shown('passwordLengthMin', 8), 'Password length: at least 8 characters')
  assert.equal(settingInWords('seconds for which an access token is good', '3600'), '1 hour')
  assert.equal(settingInWords('lists of users a caller may ask for in a minute', '100'), '100 a minute')
  assert.equal(settingInWords('port to listen on; 0 takes any free one', '3001'), null)
})
