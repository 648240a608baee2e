import assert from 'node:assert/strict'
import { test } from 'node:test'
import { no, openMailServer } from '../../server/test/mail-server.ts'
import { partsOf } from '../src/pages/mail/letter-parts.ts'
import { openConsole, openConsoleWith, portray, violationsOf } from './console.ts'

test('in development an admin reads what was mailed, and only links to this server lead on', async () => {
  const { visit, client, url } = await openConsole()
  const admin = await client('admin')
  const email = 'runa@example.com'
  await admin.users.create({ email, password: 'Copper-Meadow-33!', firstName: 'Runa', lastName: 'Waiting' })
  const page = await visit('/console/mail', { as: 'admin' })

  const row = page.getByRole('row').filter({ hasText: email })
  await row.getByRole('cell', { name: 'sent', exact: true }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'mail')
  await row.getByRole('link').first().click()
  await page.waitForURL(/\/console\/mail\/[0-9a-f-]{36}$/)
  const letter = page.getByRole('region', { name: 'What it says' })
  await letter.getByRole('link').first().waitFor()
  const links = await letter.getByRole('link').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))
  assert.ok(links.length > 0 && links.every((link) => link.startsWith(`${url}/`)), String(links))
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'mail-letter')
  await letter.getByRole('link').first().click()
  await page.waitForURL(/\/verify-email/)
  await page.context().close()
})

test('mail that a mail server refused comes first, with why, and is tried again', async () => {
  await using post = await openMailServer()
  await using own = await openConsoleWith({ SMTP_URL: post.url })
  const { visit, client } = own
  const admin = await client('admin')
  post.answer.recipient = () => {
    throw no(550)
  }
  await admin.users.create({
    email: 'sif@example.com',
    password: 'Copper-Meadow-33!',
    firstName: 'Sif',
    lastName: 'Lost',
  })
  const page = await visit('/console/mail', { as: 'admin', width: 360, theme: 'dark' })

  const dead = page.getByRole('table', { name: 'Given up' })
  await dead.getByText('The mail server refused it (550)').waitFor()
  assert.deepEqual(await violationsOf(page), [])
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  await portray(page, 'mail-dead')
  delete post.answer.recipient
  await dead.getByRole('button', { name: /^Try again/ }).click()
  await post.until(1)
  await dead.waitFor({ state: 'detached' })
  await page.getByText('Sent', { exact: true }).click()
  await page.waitForURL(/state=sent/)
  await page.getByRole('table', { name: 'Sent' }).getByRole('link').first().click()
  await page.getByText('Is not kept where mail is really sent.').waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await page.context().close()
})

test('of all that a mail says, only what leads to this server is a link', () => {
  const origin = 'https://directory.example.com'
  const text = `See ${origin}/verify-email#token=abc. Not https://directory.example.com.evil.example/x, http://directory.example.com/,
https://directory.example.com@evil.example/ or javascript:alert(1) (${origin}/docs).`

  const parts = partsOf(text, origin)

  assert.deepEqual(
    parts.filter(({ isLink }) => isLink).map(({ part }) => part),
    [`${origin}/verify-email#token=abc`, `${origin}/docs`],
  )
  assert.equal(parts.map(({ part }) => part).join(''), text)
})
