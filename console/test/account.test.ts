import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { noisyJpeg } from '../../server/test/images.ts'
import { until } from '../../server/test/timing.ts'
import { openConsole, portray, violationsOf } from './console.ts'
import { holdSaving } from './held.ts'
import { inBothThemes, newMember } from './members.ts'

test('a new password is measured, asked of the server, and good from then on', async () => {
  const { client } = await openConsole()
  const member = await newMember()
  const page = await member.visit('security')

  const field = page.getByRole('textbox', { name: 'New password' })
  await field.fill('Mona12!')
  const strength = page.getByRole('meter', { name: 'Strength' })
  await strength.and(page.locator('[aria-valuetext="Weak"], [aria-valuetext="Very weak"]')).waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-security-password')
  await page.getByRole('textbox', { name: 'Current password' }).fill('wrong')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Password must be at least 8 characters').waitFor()
  await page.getByRole('button', { name: 'Suggest a strong one' }).click()
  await strength.and(page.locator('[aria-valuetext="Strong"]')).waitFor()
  const password = await field.inputValue()
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Current password is incorrect').waitFor()
  assert.equal(await field.inputValue(), password)
  await page.getByRole('textbox', { name: 'Current password' }).fill(member.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Your password is changed').waitFor()

  assert.equal((await (await client({ ...member, password })).me.get()).email, member.email)
  await assert.rejects(client(member))
})

test('details are saved; what an administrator saved first stands beside what was typed, field by field', async () => {
  const { client } = await openConsole()
  const admin = await client('admin')
  const member = await newMember()
  const page = await member.visit('profile')
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const save = page.getByRole('button', { name: 'Save' })

  await field('Website').fill('nowhere')
  await field('Location').fill('Tromsø')
  await field('About you').fill('Sails when it is calm.')
  await save.click()
  await page.getByText('Website must be').waitFor()
  await field('Website').fill('https://mona.example')
  await admin.users.update(member.id, { lastName: 'Berg', profile: { location: 'Bodø', github: 'mona' } })
  await save.click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved first' })
  await dialog.getByText('Only they changed Last name, GitHub').waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-profile-overtaken')
  await dialog
    .getByRole('radiogroup', { name: 'Location' })
    .getByRole('radio', { name: /Theirs/ })
    .click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/^Saved\. Somebody else had changed Last name, GitHub/).waitFor()

  assert.deepEqual([await field('Location').inputValue(), await field('Last name').inputValue()], ['Bodø', 'Berg'])
  const { firstName, lastName, profile } = await member.program.me.get()
  assert.deepEqual(
    { firstName, lastName, ...profile },
    {
      firstName: 'Mona',
      lastName: 'Berg',
      bio: 'Sails when it is calm.',
      location: 'Bodø',
      website: 'https://mona.example',
      github: 'mona',
    },
  )
})

test('what somebody types about themselves while a save is under way stays, and the next save has it', async () => {
  const member = await newMember()
  const page = await member.visit('profile')
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const save = page.getByRole('button', { name: 'Save' })

  await field('About you').fill('Sails ')
  const saving = await holdSaving(page, () => save.click())
  await field('About you').pressSequentially('when it is calm.')
  await field('Location').fill('Tromsø')
  await saving.end()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await page.getByText('There are changes that are not saved.').waitFor()
  assert.equal((await member.program.me.get()).profile.bio, 'Sails')
  await save.click()
  await page.getByText('Everything is saved.').waitFor()

  assert.deepEqual((await member.program.me.get()).profile, { bio: 'Sails when it is calm.', location: 'Tromsø' })
})

test('a viewer sees why they may not change their record, and guards their account like everybody', async () => {
  const member = await newMember('viewer')
  const page = await member.visit('profile', { width: 360 })

  await page
    .getByText(/^Your role is viewer/)
    .first()
    .waitFor()
  assert.equal(await page.getByRole('button', { name: 'Choose a picture' }).isDisabled(), true)
  assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0)
  assert.equal(await page.getByRole('textbox', { name: 'New address' }).count(), 0)
  for (const part of ['Preferences', 'Security', 'Devices', 'Your data', 'Profile']) {
    await page.getByRole('navigation', { name: 'Parts of your account' }).getByRole('link', { name: part }).click()
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), part)
    await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  }
  await page.getByRole('link', { name: 'Preferences' }).click()
  await page.getByText('Dark', { exact: true }).click()
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  assert.equal(await page.getByRole('switch', { name: 'E-mail' }).isDisabled(), true)
  await page.getByRole('link', { name: 'Security' }).click()
  await page.getByRole('button', { name: 'Add a passkey' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).isEnabled(), true)
})

test('what somebody prefers holds at once, and is stored', async () => {
  const member = await newMember()
  const page = await member.visit('preferences')

  await page.getByText('Dark', { exact: true }).click()
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  await page.getByRole('combobox', { name: 'Language' }).fill('German')
  await page.getByRole('option', { name: 'German · Deutsch' }).click()
  await page.getByRole('combobox', { name: 'Time zone' }).click()
  await page.keyboard.type('Kathmandu')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Sample' }).getByText('1.234.567,89').waitFor()
  await page.getByRole('switch', { name: 'News and offers' }).click()
  await page.getByRole('switch', { name: 'News and offers', checked: true }).waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-preferences')

  await until(async () => (await member.program.me.get()).preferences.notifications.marketing)
  const { theme, language, timezone } = (await member.program.me.get()).preferences
  assert.deepEqual([theme, language, timezone], ['dark', 'de', 'Asia/Kathmandu'])
})

test('a picture is cut out by keys, uploaded, shown, and removed; what is none is refused in words', async () => {
  const member = await newMember()
  const page = await member.visit('profile')

  await page.getByRole('button', { name: 'Choose a picture' }).click()
  await choose(page, { name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('this is no picture') })
  await page.getByText('This browser cannot show “letter.png” as a picture').waitFor()
  await choose(page, { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('nor is this') })
  await page.getByText('“letter.txt” is no picture').waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await choose(page, { name: 'me.jpg', mimeType: 'image/jpeg', buffer: await noisyJpeg(600) })
  await page.getByRole('img', { name: 'Preview of your picture' }).waitFor()
  await page.getByRole('slider', { name: 'Zoom' }).press('End')
  await page.getByRole('application').press('ArrowLeft')
  await page.getByText('This part is 120 pixels wide').waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-picture')
  await page.getByRole('button', { name: 'Use this picture' }).click()
  await page.getByText('Your picture is changed.').waitFor()
  const { avatar } = await member.program.me.get()
  assert.notEqual(avatar, null)
  await page.locator(`main img[src="${avatar}"]`).first().waitFor()
  await portray(page, 'account-profile')
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('Your picture is removed.').waitFor()

  assert.equal((await member.program.me.get()).avatar, null)
})

test('another address is asked for with the password, and is not theirs before the link is followed', async () => {
  const member = await newMember()
  const page = await member.visit('profile')

  const address = page.getByRole('textbox', { name: 'New address' })
  await address.fill('nowhere')
  await page.getByRole('textbox', { name: 'Your password' }).fill('wrong')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText('Invalid email format').waitFor()
  await address.fill(`new-${member.email}`)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText('Password is incorrect').waitFor()
  await page.getByRole('textbox', { name: 'Your password' }).fill(member.password)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText(`Follow the link in the mail to new-${member.email}`).waitFor()

  assert.equal((await member.program.me.get()).email, member.email)
})

test('somebody ends one of their sessions, and then all others', async () => {
  const { client } = await openConsole()
  const member = await newMember()
  const others = [await client(member), await client(member)]
  const page = await member.visit('devices')

  await page.getByText('this browser').waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-devices')
  const ends = page.getByRole('button', { name: /^Sign out (?!everywhere)/ })
  assert.equal(await ends.count(), 3)
  await ends.first().click()
  await page.getByText(/is signed out\.$/).waitFor()
  await until(async () => (await ends.count()) === 2)
  for (const end of await ends.all())
    assert.match((await end.getAttribute('aria-label')) ?? '', /^Sign out .+, signed in .+, \d+:\d\d \wM$/)
  const dialog = page.getByRole('dialog', { name: 'Sign out everywhere else?' })
  const areSessions = ({ pathname }: URL) => pathname.endsWith('/me/sessions')
  await page.route(areSessions, (route) => route.abort())
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.unroute(areSessions)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByText('2 other sessions end at once').waitFor()
  assert.equal(await dialog.getByRole('alert').count(), 0)
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByText('You are signed in here only.').waitFor()

  for (const program of [...others, member.program])
    await assert.rejects(Promise.resolve(program.me.get()), { status: 401 })
  await page.reload()
  await page.getByText('this browser').waitFor()
})

test('somebody sees what happened, leaves an organization, and takes all of it along', async () => {
  const { client } = await openConsole()
  const admin = await client('admin')
  const member = await newMember()
  const name = `Harbour ${member.email.slice(5, 13)}`
  const { id } = await admin.organizations.create({ name })
  await admin.organizations.members.set(id, member.id, { role: 'member' })
  const page = await member.visit('data')

  await page.getByText('Organization joined').waitFor()
  await inBothThemes(page, async () => assert.deepEqual(await violationsOf(page), []))
  await portray(page, 'account-data')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as JSON' }).click(),
  ])
  const kept = JSON.parse(await readFile(await download.path(), 'utf8'))
  await page.getByRole('button', { name: `Leave ${name}` }).click()
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await page.getByText(`You have left ${name}.`).waitFor()

  assert.equal(kept.user.email, member.email)
  assert.deepEqual((await member.program.me.organizations.list()).data, [])
})

async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose from this device' }).click(),
  ])
  await chooser.setFiles(file)
}
