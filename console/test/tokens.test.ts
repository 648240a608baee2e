import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SUDIGITALClient } from '../../clients/typescript/src/index.ts'
import { openConsole, portray, violationsOf } from './console.ts'

const password = 'Patient-Lantern-52!'

test('an admin makes a token, sees it once, finds it in the list, and revokes it', async () => {
  const { visit, url, client } = await openConsole()
  const admin = await client('admin')
  const email = 'ines@example.com'
  await admin.users.create({ email, password, firstName: 'Ines', lastName: 'Token', role: 'admin', status: 'active' })
  const page = await visit('/console/tokens', { as: { email, password } })

  await page.getByRole('heading', { name: 'You have no tokens' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await page.getByRole('button', { name: 'Make a token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a token' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly export')
  for (const size of [
    { width: 390, height: 800 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(size)
    const button = await dialog.getByRole('button', { name: 'Make the token' }).boundingBox()
    assert.ok(button !== null && button.y + button.height <= size.height, JSON.stringify({ size, button }))
  }
  assert.equal(await dialog.getByRole('button', { name: 'Make the token' }).isDisabled(), true)
  await dialog.getByRole('checkbox', { name: 'Read users' }).check()
  await dialog.getByRole('checkbox', { name: 'List users' }).check()
  await dialog.getByRole('combobox', { name: 'Expires' }).click()
  await page.getByRole('option', { name: 'In a year' }).click()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'tokens-new')
  await dialog.getByRole('button', { name: 'Make the token' }).click()

  const made = page.getByRole('dialog', { name: 'Nightly export is made' })
  const token = (await made.getByLabel('The token').textContent()) ?? ''
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'tokens-made')
  await page.keyboard.press('Escape')
  assert.equal(await made.isVisible(), true)
  const program = new SUDIGITALClient({ baseURL: url, token })
  assert.deepEqual(await program.me.permissions(), ['users:read', 'users:list'])
  await made.getByRole('button', { name: 'I have kept it' }).click()
  await made.waitFor({ state: 'hidden' })
  assert.equal((await page.content()).includes(token), false)

  const row = page.getByRole('row', { name: /Nightly export/ })
  await row.getByText('List users').waitFor()
  await portray(page, 'tokens')
  await row.getByRole('button', { name: 'Revoke Nightly export' }).click()
  const asked = page.getByRole('dialog', { name: 'Revoke Nightly export?' })
  assert.deepEqual(await violationsOf(page), [])
  const held = Promise.withResolvers<void>()
  await page.route('**/api/tokens/*', (route) => held.promise.then(() => route.continue()))
  await asked.getByRole('button', { name: 'Revoke' }).click()
  await asked.locator('button[data-loading]').waitFor()
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  assert.equal(await asked.getByRole('button', { name: 'Cancel' }).isDisabled(), true)
  assert.equal(await asked.isVisible(), true)
  held.resolve()
  await page.getByRole('heading', { name: 'You have no tokens' }).waitFor()
  await assert.rejects(async () => program.me.permissions(), /Authentication/)
  await page.context().close()
})

test("an admin sees and revokes somebody else's token, on a phone and in the dark", async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const email = 'piet@example.com'
  const { id } = await admin.users.create({ email, password, firstName: 'Piet', lastName: 'Token', status: 'active' })
  const piet = await client({ email, password })
  await piet.tokens.create({ name: 'Badge printer', permissions: ['users:read'] })
  const page = await visit('/console/tokens', { as: 'admin', width: 360, theme: 'dark' })

  await page.getByRole('combobox', { name: 'Whose tokens' }).fill('Piet Token')
  await page.getByRole('option', { name: /Piet Token/ }).click()
  await page.waitForURL(new RegExp(`user=${id}`))
  const revoke = page.getByRole('button', { name: 'Revoke Badge printer' })
  await revoke.waitFor()
  assert.deepEqual(await violationsOf(page), [])
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  await revoke.click()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  await page.getByRole('heading', { name: 'They have no tokens' }).waitFor()
  assert.deepEqual((await piet.tokens.list()).data, [])
  await page.context().close()
})
