import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { until } from '../../server/test/timing.ts'
import { openConsole } from './console.ts'
import { newMember } from './members.ts'

test('the navigation says where one is, and leads elsewhere by the keyboard alone', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/settings', { as: 'admin' })
  const current = () => page.locator('nav [aria-current="page"]').allInnerTexts()

  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  assert.deepEqual(await current(), ['Settings'])
  await page.getByRole('link', { name: 'API tokens' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor()
  assert.deepEqual(await current(), ['API tokens'])
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1')
  assert.equal(await page.title(), 'API tokens · Roster')
})

test('an address that leads nowhere is told within the frame, and whoever signs in types at once', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/nowhere', { as: 'admin' })
  await page.getByRole('heading', { name: 'No such page', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'API tokens' }).waitFor()
  for (const id of ['nobody', '01900000-0000-7000-8000-00000000ffff']) {
    await page.goto(`/console/organizations/${id}`)
    await page.getByText('There is no such organization').waitFor()
  }

  await page.goto('/console/sign-in/nowhere')
  await page.getByRole('heading', { name: 'No such page', level: 1 }).waitFor()

  const door = await visit('/console/nowhere')
  await door.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
  await door.keyboard.type('somebody@example.com')
  assert.equal(await door.getByRole('textbox', { name: 'E-mail address' }).inputValue(), 'somebody@example.com')
})

test('on a phone the part of a page that is open is in sight, and so is what stands at its edge', async () => {
  const { visit, client } = await openConsole()
  const member = await newMember()
  const { id } = await (await client('admin')).users.me()
  const page = await visit(`/console/users/${id}/data`, { as: 'admin', width: 360, height: 780 })
  const isInSight = (locator: Locator) =>
    locator.evaluate((element) => {
      const { left, right } = element.getBoundingClientRect()
      return left >= 0 && right <= innerWidth
    })

  await page.getByRole('heading', { level: 1 }).waitFor()
  await until(() => isInSight(page.getByRole('link', { name: 'Data', exact: true })))
  await page.goto('/console/invitations')
  assert.ok(await isInSight(page.getByText('Revoked', { exact: true })))
  const phone = await visit('/console/account/security', { as: member, width: 360, height: 780 })
  await phone.getByRole('button', { name: 'Add an authenticator app' }).click()
  await phone.getByRole('button', { name: 'Go on' }).click()
  await phone.getByRole('button', { name: 'Copy' }).waitFor()
  assert.ok(await isInSight(phone.getByRole('button', { name: 'Copy' })))
  assert.match(
    (await phone.getByRole('link', { name: 'Open it there' }).getAttribute('href')) ?? '',
    /^otpauth:\/\/totp\//,
  )
})

test('colours that were picked outlast a new load, until whoever picked them prefers others', async () => {
  const { visit } = await openConsole()
  const member = await newMember()
  const page = await visit('/console/account/preferences', { as: member })
  const drawnIn = (theme: string) => page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor()

  await page.getByRole('button', { name: 'Dark colours' }).click()
  await drawnIn('dark')
  await page.reload()
  await page.getByRole('button', { name: 'Light colours' }).waitFor()
  await drawnIn('dark')
  await member.program.me.update({ preferences: { theme: 'light' } })
  await page.reload()
  await drawnIn('light')
})

test('on a phone the navigation opens, leads somewhere and closes', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/settings', { as: 'admin', width: 390, height: 800 })
  const tokens = page.getByRole('link', { name: 'API tokens' })

  await page.getByRole('button', { name: 'Open the navigation' }).click()
  await tokens.click()

  await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Open the navigation' }).waitFor()
  await tokens.waitFor({ state: 'hidden' })
})

test('an address that says what makes no sense shows the page as if it said nothing', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console', { as: 'admin' })

  for (const [path, heading] of [
    ['users?status=asleep&createdFrom=soon&sort=height', 'Users'],
    ['mail?state=lost&page=-3', 'Mail'],
    ['invitations?state=lost&page=first', 'Invitations'],
    ['organizations?page=last', 'Organizations'],
    ['activity?type=nothing&actor=nobody&from=soon', 'Activity'],
    ['tokens?user=nobody', 'API tokens'],
  ] as const) {
    await page.goto(`/console/${path}`)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    assert.equal(await page.getByRole('main').getByRole('alert').count(), 0, path)
  }
  await page.goto('/console/invitations?state=lost')
  await page.getByText('Nobody has been invited yet').or(page.getByRole('table')).first().waitFor()
})
