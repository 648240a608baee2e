import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { SUDIGITALClient } from '../../clients/typescript/src/index.ts'
import { openConsole, portray, violationsOf } from './console.ts'

/** How many there are in all depends on how many were made up. */
const everybody = /^\d+,\d{3} people$/
let made = 0

/** People of one's own, all with a last name that nobody else has. */
async function makePeople(admin: SUDIGITALClient, count: number, status: 'active' | 'pending' = 'active') {
  made += 1
  const lastName = `Quillfeather${'abcdefghijklmnop'[made]}`
  const operations = Array.from({ length: count }, (_, place) => ({
    op: 'create' as const,
    body: { email: `${lastName}.${place}@example.com`.toLowerCase(), firstName: `Person${place}`, lastName, status },
  }))
  const { data } = await admin.users.batch({ atomic: true, operations })
  const ids = data.map((one) => ('data' in one && 'id' in one.data ? one.data.id : ''))
  return { lastName, ids }
}

async function openOn(path: string, options: { theme?: 'dark' } = {}) {
  const { visit, client } = await openConsole()
  return { page: await visit(path, { as: 'admin', ...options }), admin: await client('admin') }
}

const personRow = (page: Page, name: string | RegExp) => page.getByRole('row').filter({ hasText: name })

/** Picks the first to the last of some people, as with a held shift key. */
async function pickRange(page: Page, first: string, last: string) {
  await page.getByRole('checkbox', { name: `Select ${first}` }).click()
  await page.getByRole('checkbox', { name: `Select ${last}` }).click({ modifiers: ['Shift'] })
}

test('everybody is found while typing, filtered and sorted, and the address says how', async () => {
  const { page, admin } = await openOn('/console/users')
  const { lastName, ids } = await makePeople(admin, 3)
  await admin.users.update(ids[1] ?? '', { status: 'inactive' })
  await page.getByText(everybody).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'users')

  await page.getByRole('searchbox', { name: 'Search' }).pressSequentially(lastName)
  await page.getByText('3 people match').waitFor()
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Active', exact: true }).click()
  await page.getByText('2 people match').waitFor()
  await page.getByRole('button', { name: 'Name' }).click()
  await page.locator('th[aria-sort=ascending]').filter({ hasText: 'Name' }).waitFor()
  const { searchParams } = new URL(page.url())
  assert.deepEqual(Object.fromEntries(searchParams), {
    search: lastName,
    status: 'active',
    sort: 'firstName',
    order: 'asc',
  })

  await page.reload()
  await page.getByText('2 people match').waitFor()
  const names = await page.getByRole('row').locator('a').allTextContents()
  assert.deepEqual(names, [`Person0 ${lastName}`, `Person2 ${lastName}`])
  await personRow(page, `Person2 ${lastName}`).getByText('active').click()
  await page.waitForURL(`**/console/users/${ids[2]}`)
  await page.goBack()
  await page.getByText('2 people match').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByText(everybody).waitFor()
})

test('who was added, changed or signed in between two days is shown, in calendars that come when they are asked for', async () => {
  const { page, admin } = await openOn('/console/users')
  const { lastName } = await makePeople(admin, 2)
  await page.getByRole('searchbox', { name: 'Search' }).fill(lastName)
  await page.getByText('2 people match').waitFor()

  await page.getByRole('button', { name: 'Dates' }).click()
  const dates = page.getByRole('dialog', { name: 'Dates' })
  const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date())
  assert.deepEqual(await violationsOf(page), [])
  await dates.getByRole('button', { name: today }).click()
  assert.equal(new URL(page.url()).searchParams.has('createdFrom'), false)
  await dates.getByRole('button', { name: today }).click()
  await page.waitForURL(/createdFrom=.*createdTo=/)
  await page.getByText('2 people match').waitFor()
  assert.deepEqual(await violationsOf(page), [])

  await page.goto(`/console/users?search=${lastName}&createdTo=2020-01-01`)
  await page.getByRole('heading', { name: 'Nobody matches' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
})

test('the list goes on as it is scrolled, shows nobody twice, and keeps its place and its columns', async () => {
  const { page } = await openOn('/console/users?sort=email&order=asc', { theme: 'dark' })
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Username' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('columnheader', { name: 'Username' }).waitFor()
  const list = page.getByRole('region', { name: 'People' })
  const seen = new Map<string, string>()
  while (!seen.has('400')) {
    for (const [place, email] of await rowsOf(page)) {
      assert.equal(seen.get(place) ?? email, email)
      seen.set(place, email)
    }
    await list.evaluate((element) => element.scrollBy(0, element.clientHeight / 2))
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)))
  }

  assert.equal(new Set(seen.values()).size, seen.size)
  assert.deepEqual(await violationsOf(page), [])
  const before = await list.evaluate(({ scrollTop }) => scrollTop)
  await page.getByRole('row').nth(12).getByRole('link').click()
  await page.waitForURL(/users\/[0-9a-f-]{36}$/)
  await page.goBack()
  await page.getByRole('columnheader', { name: 'Username' }).waitFor()
  const after = await list.evaluate(({ scrollTop }) => scrollTop)
  assert.ok(Math.abs(after - before) < 200, `${before} became ${after}`)
})

test('what is chosen is a step to go back from, what is typed is none, and each step is as it was', async () => {
  const { page, admin } = await openOn('/console')
  const { lastName } = await makePeople(admin, 120)
  const list = page.getByRole('region', { name: 'People' })
  const asked = () => Object.fromEntries(new URL(page.url()).searchParams)
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search' }).pressSequentially(lastName, { delay: 60 })
  await page.getByText('120 people match').waitFor()
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Active', exact: true }).click()
  await page.waitForURL(/status=active/)
  await page.getByText('Person119 ').waitFor()
  await page.waitForFunction(() => {
    const element = document.querySelector('section[aria-label=People]')
    element?.scrollTo(0, 1500)
    return element?.scrollTop === 1500
  })
  await page.getByText('Person90 ').waitFor()
  await page.getByRole('button', { name: 'Name' }).click()
  await page.getByRole('link', { name: `Person0 ${lastName}` }).waitFor()
  assert.equal(await list.evaluate(({ scrollTop }) => scrollTop), 0)
  await page.getByRole('link', { name: `Person0 ${lastName}` }).click()
  await page.waitForURL(/users\/[0-9a-f-]{36}$/)

  await page.goBack()
  await page.getByRole('link', { name: `Person0 ${lastName}` }).waitFor()
  assert.deepEqual(asked(), { search: lastName, status: 'active', sort: 'firstName', order: 'asc' })
  await page.goBack()
  await page.getByText('Person90 ').waitFor()
  assert.deepEqual(asked(), { search: lastName, status: 'active' })
  assert.equal(await list.evaluate(({ scrollTop }) => scrollTop), 1500)
  await page.goBack()
  await page.waitForURL((url) => !url.searchParams.has('status'))
  assert.deepEqual(asked(), { search: lastName })
  assert.equal(await page.getByRole('searchbox', { name: 'Search' }).inputValue(), lastName)
  await page.goBack()
  await page.waitForURL('**/console')
})

test('when counting fails that is said, and everybody is counted once more when asked', async () => {
  const { page } = await openOn('/console')
  let isDown = true
  const counting = /\/api\/users\?.*\blimit=1(&|$)/
  await page.route(counting, (route) =>
    isDown ? route.fulfill({ status: 422, json: { error: { code: 'ODD', message: 'odd' } } }) : route.continue(),
  )
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByText('How many is not known').waitFor()
  assert.deepEqual(await violationsOf(page), [])
  isDown = false
  await page.getByRole('button', { name: 'Count again' }).click()
  await page.getByText(everybody).waitFor()
})

/** The rows that are drawn, by their place in the whole list. */
function rowsOf(page: Page): Promise<[string, string][]> {
  return page
    .locator('tbody tr[aria-rowindex]')
    .evaluateAll((rows) =>
      rows.map((row) => [row.getAttribute('aria-rowindex') ?? '', row.querySelector('a')?.href ?? '']),
    )
}

test('a range of people gets another role, is deactivated and deleted, and deletion is undone', async () => {
  const { page, admin } = await openOn('/console/users')
  const { lastName, ids } = await makePeople(admin, 4)
  await page.goto(`/console/users?search=${lastName}&sort=firstName&order=asc`)
  const bar = page.getByRole('group', { name: 'What to do with whoever is selected' })
  const stored = () => Promise.all(ids.map((id) => admin.users.get(id)))

  await pickRange(page, `Person0 ${lastName}`, `Person2 ${lastName}`)
  await bar.getByText('3 selected').waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'users-selected')
  await bar.getByRole('button', { name: 'Role' }).click()
  await page.getByRole('menuitem', { name: 'Make viewer' }).click()
  await page
    .getByRole('dialog', { name: 'Change the role of 3 people to viewer?' })
    .getByRole('button', { name: 'Change the role' })
    .click()
  await page.getByText('Now viewer: 3 people.').waitFor()
  assert.deepEqual(
    (await stored()).map(({ role }) => role),
    ['viewer', 'viewer', 'viewer', 'user'],
  )
  await personRow(page, `Person0 ${lastName}`).getByText('viewer', { exact: true }).waitFor()

  // One of them is gone by the time it is done.
  await pickRange(page, `Person0 ${lastName}`, `Person3 ${lastName}`)
  await admin.users.delete(ids[3] ?? '')
  await bar.getByRole('button', { name: 'Delete' }).click()
  const asked = page.getByRole('dialog', { name: 'Delete 4 people?' })
  await asked.getByText(`Person3 ${lastName}`).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await asked.getByText('It can be undone for 30 days.').waitFor()
  await asked.getByRole('button', { name: 'Delete 4 people' }).click()
  const over = page.getByRole('dialog', { name: 'What came of it' })
  await over.getByText('Deleted: 3 people.').waitFor()
  await over.getByRole('row', { name: /Person3.*They are not here any more/ }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  await portray(page, 'users-deleted')
  await assert.rejects(async () => admin.users.get(ids[0] ?? ''), { code: 'USER_NOT_FOUND' })

  await over.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Brought back: 3 people.').waitFor()
  await admin.users.restore(ids[3] ?? '')
  assert.deepEqual(
    (await stored()).map(({ role }) => role),
    ['viewer', 'viewer', 'viewer', 'user'],
  )
})

test('all who match are changed at once, more than one request holds, and never oneself', async () => {
  const { page, admin } = await openOn('/console/users')
  const { lastName } = await makePeople(admin, 450)
  await page.goto(`/console/users?search=${lastName}`)
  await page.getByText('450 people match').waitFor()
  const bar = page.getByRole('group', { name: 'What to do with whoever is selected' })

  await page.getByRole('checkbox', { name: 'Select everybody shown' }).click()
  await bar.getByRole('button', { name: 'Select all 450' }).click()
  await page.getByRole('checkbox', { name: 'Select Person449 ' }).click()
  await bar.getByText('All 450 but 1').waitFor()
  await bar.getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await page
    .getByRole('dialog', { name: 'Deactivate 449 people?' })
    .getByRole('button', { name: /^Deactivate/ })
    .click()
  await page.getByText('Inactive: 449 people.').waitFor()
  assert.equal((await admin.users.list({ search: lastName, status: 'inactive', limit: 1 })).meta.total, 449)

  await page.goto('/console/users?search=admin@sudigital.com')
  await page.getByRole('checkbox', { name: /not possible, this is you/ }).waitFor()
  await page.goto('/console/users')
  await page.getByText(everybody).waitFor()
  await page.getByRole('checkbox', { name: 'Select everybody shown' }).click()
  const { total = 0 } = (await admin.users.list({ limit: 1 })).meta
  await bar.getByRole('button', { name: /^Select all/ }).click()
  await bar.getByRole('button', { name: 'Role' }).click()
  const makeAdmin = page.getByRole('menuitem', { name: 'Make admin' })
  assert.equal(await makeAdmin.isDisabled(), total > 10_000)
  assert.equal((await makeAdmin.innerText()).includes('Up to 10,000 people at a time'), total > 10_000)
})

test('whoever is pending is invited, and who need not be is told', async () => {
  const { page, admin } = await openOn('/console/users')
  const { lastName, ids } = await makePeople(admin, 3, 'pending')
  await admin.users.update(ids[2] ?? '', { status: 'active' })
  await page.goto(`/console/users?search=${lastName}&sort=firstName&order=asc`)

  await pickRange(page, `Person0 ${lastName}`, `Person2 ${lastName}`)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await page.getByRole('button', { name: 'Invite 3 people' }).click()
  const over = page.getByRole('dialog', { name: 'What came of it' })
  await over.getByText('Invited: 2 people.').waitFor()
  await over.getByRole('row', { name: /Person2.*nothing to accept/ }).waitFor()
  const email = `${lastName}.0@example.com`.toLowerCase()
  assert.deepEqual(
    (await admin.invitations.list({ email })).data.map(({ state }) => state),
    ['pending'],
  )
})

test('whom the filters leave in is saved as a file', async () => {
  const { page, admin } = await openOn('/console/users')
  const { lastName } = await makePeople(admin, 5)
  await page.goto(`/console/users?search=${lastName}`)
  await page.getByText('5 people match').waitFor()

  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export people' })
  assert.deepEqual(await violationsOf(page), [])
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export' }).click(),
  ])
  assert.match(file.suggestedFilename(), /^users-\d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/)
  assert.equal(lines.length, 6)
  assert.ok(lines.slice(1).every((line) => line.includes(lastName)))
})

test('those who are selected are saved as a file, and nobody else', async () => {
  const { page, admin } = await openOn('/console/users')
  const { lastName } = await makePeople(admin, 5)
  await page.goto(`/console/users?search=${lastName}&sort=email&order=asc`)
  await page.getByText('5 people match').waitFor()
  const rows = page.getByRole('row').filter({ hasText: lastName })
  await rows.nth(1).getByRole('checkbox').check()
  await rows.nth(3).getByRole('checkbox').check()

  const bar = page.getByRole('group', { name: 'What to do with whoever is selected' })
  await bar.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export people' })
  await dialog.getByText('Those who are selected: 2').waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export' }).click(),
  ])

  const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/)
  const picked = await Promise.all([1, 3].map((at) => rows.nth(at).innerText()))
  assert.equal(lines.length, 3)
  const addresses = lines.slice(1).map((line) => line.split(',')[2] ?? '')
  assert.ok(
    addresses.every((address) => picked.some((text) => text.includes(address))),
    addresses.join(),
  )
})

test('a phone shows cards that fit, and whoever may not list people is told so', async () => {
  const { visit } = await openConsole()
  const page = await visit('/console/users', { as: 'admin', width: 360, height: 780 })
  await page.getByRole('list', { name: 'People' }).getByRole('listitem').nth(3).waitFor()
  await page.getByRole('checkbox', { name: 'Select everybody shown' }).click()
  await page.getByRole('group', { name: 'What to do with whoever is selected' }).waitFor()
  assert.deepEqual(await violationsOf(page), [])
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)

  for (const as of ['user', 'viewer'] as const) {
    const theirs = await visit('/console/users', { as })
    await theirs.getByRole('heading', { name: 'This is not for your account' }).waitFor()
    assert.equal(await theirs.getByRole('link', { name: 'Users' }).count(), 0)
    assert.deepEqual(await violationsOf(theirs), [])
  }
})
