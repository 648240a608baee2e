import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openConsole } from './console.ts'

const count = 250
const lastName = 'Thistledown'

test('work on many people pauses when the server asks for it and goes on by itself, is stopped in a pause, and never goes on as somebody else', async () => {
  const { visit, client } = await openConsole()
  const admin = await client('admin')
  const operations = Array.from({ length: count }, (_, place) => ({
    op: 'create' as const,
    body: {
      email: `thistledown${place}@example.com`,
      firstName: `Person${place}`,
      lastName,
      status: 'active' as const,
    },
  }))
  await admin.users.batch({ atomic: true, operations })
  const inactive = async () => (await admin.users.list({ search: lastName, status: 'inactive', limit: 1 })).meta.total
  const page = await visit(`/console/users?search=${lastName}`, { as: 'admin' })
  let sent = 0
  await page.route('**/api/users/batch', (route) => {
    sent += 1
    if (sent === 1) return route.fulfill(pause(3))
    return sent === 3 ? route.fulfill(pause(600)) : route.continue()
  })

  await page.getByText(`${count} people match`).waitFor()
  await page.getByRole('checkbox', { name: 'Select everybody shown' }).click()
  const bar = page.getByRole('group', { name: 'What to do with whoever is selected' })
  await bar.getByRole('button', { name: `Select all ${count}` }).click()
  await bar.getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await page.getByRole('button', { name: `Deactivate ${count} people` }).click()
  await page.getByText(/It goes on by itself in [1-3] s/).waitFor()
  assert.equal(await inactive(), 0)
  await page.getByText(/It goes on by itself in \d{3} s/).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  const over = page.getByRole('dialog', { name: 'What came of it' })
  await over.getByText('Inactive: 200 people.').waitFor()
  await over.getByText('Not reached: 50 people.').waitFor()
  assert.deepEqual([sent, await inactive()], [3, 200])

  await page.unroute('**/api/users/batch')
  await page.route('**/api/users/batch', async (route) => {
    sent += 1
    await page.evaluate(() => {
      const [head, , signature] = (localStorage.getItem('roster.tokens') ?? '').split('.')
      localStorage.setItem('roster.tokens', [head, btoa('{"sub":"somebody-else"}'), signature].join('.'))
    })
    return route.fulfill(pause(3))
  })
  await over.getByRole('button', { name: 'Go on with them' }).click()
  await over.getByText('Somebody else is signed in now').waitFor()
  await over.getByText('Not reached: 50 people.').waitFor()
  assert.deepEqual([sent, await inactive()], [4, 200])
})

function pause(seconds: number) {
  const error = { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' }
  return { status: 429, headers: { 'retry-after': String(seconds) }, json: { error, status: 429 } }
}
