import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import type { SUDIGITALClient } from '../../clients/typescript/src/index.ts'
import { until } from '../../server/test/timing.ts'
import { openConsole, portray, violationsOf } from './console.ts'
import { inBothThemes, newMember } from './members.ts'

test('somebody sets up an authenticator app, keeps the recovery codes, makes others, and removes the app', async () => {
  const member = await newMember()
  const page = await member.visit('security')

  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  await page.getByRole('textbox', { name: 'What you call it' }).fill('Old phone')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-security-qr')
  const secret = (await page.getByRole('dialog').locator('code').innerText()).replaceAll(' ', '')
  const code = page.getByRole('textbox', { name: 'The code that the app shows' })
  await code.fill('000 000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('The code is wrong, or was used before').waitFor()
  await code.fill(await generate({ secret }))
  await page.getByRole('button', { name: 'Confirm' }).click()
  const codes = await shownCodes(page)
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-security-codes')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ])
  assert.equal(file.suggestedFilename(), 'roster-recovery-codes.txt')
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('10 are left.').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Add an authenticator app' }).isDisabled(), true)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-security')

  await page.getByRole('button', { name: 'Make new ones' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make new ones' }).click()
  const others = await shownCodes(page)
  assert.equal(
    others.some((code) => codes.includes(code)),
    false,
  )
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByRole('button', { name: 'Remove Old phone' }).click()
  await page.getByText('It is your last').waitFor()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('“Old phone” is removed.').waitFor()
  await page.getByRole('button', { name: 'Make new ones' }).waitFor({ state: 'detached' })
})

test('whoever signed in long ago signs in once more before anything guards their account, and the session before ends', async () => {
  const member = await newMember()
  const { client } = await openConsole()
  const admin = await client('admin')
  const page = await member.visit('security')
  // As the server answers after ten minutes.
  const error = { code: 'PROOF_NEEDED', message: 'Sign in again to change your factors, or send your current password' }
  await page.route('**/api/users/me/factors/totp', (route) => route.fulfill({ status: 403, json: { error } }), {
    times: 1,
  })

  const before = await sessionsOf(admin, member.id)
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Is it you?').waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await page.getByRole('dialog').getByRole('textbox', { name: 'Password' }).fill(member.password)
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()

  await until(async () => (await sessionsOf(admin, member.id)).length === before.length)
  const after = await sessionsOf(admin, member.id)
  assert.equal(after.filter((id) => before.includes(id)).length, before.length - 1)
})

async function sessionsOf(admin: SUDIGITALClient, id: string): Promise<string[]> {
  const { data } = await admin.users.sessions.list(id)
  return data.map(({ id }) => id)
}

test('somebody adds a passkey once, and is told when none was given', async () => {
  const member = await newMember()
  const { client, server, visit } = await openConsole()
  const elsewhere = await visit(`${server.url}/console/account/security`, { as: member })
  await plugIn(elsewhere)
  await elsewhere.getByRole('button', { name: 'Add a passkey' }).click()
  await elsewhere.getByRole('button', { name: 'Go on' }).click()
  await elsewhere.getByText('Passkeys of this server work at localhost only').waitFor()
  const page = await member.visit('security')
  const device = await plugIn(page)

  await device.refuse()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('textbox', { name: 'What you call it' }).fill('Laptop')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('No passkey was given').waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await device.agree()
  await page.getByRole('button', { name: 'Go on' }).click()
  assert.equal((await shownCodes(page)).length, 10)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByRole('button', { name: 'Remove Laptop' }).waitFor()

  const admin = await client('admin')
  const { data: stored } = await admin.users.factors.list(member.id)
  assert.deepEqual(
    [stored.map(({ kind, name }) => [kind, name]), await device.credentials()],
    [[['passkey', 'Laptop']], 1],
  )
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('This device has one already').waitFor()
})

async function shownCodes(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Recovery codes' })
  await list.waitFor()
  return list.getByRole('listitem').allInnerTexts()
}

/** A device that holds passkeys, whose owner is there or is not. */
async function plugIn(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasUserVerification: true,
      hasResidentKey: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    refuse: () => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
    agree: () => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true }),
    credentials: async () => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.length
    },
  }
}
