import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../cast.ts'
import { insistently, untilServed } from '../insist.ts'
import { engines } from '../place.ts'
import { codeOf, finishByCode, halfSignIn, setUpApp, setUpPasskey } from '../second-factors.ts'
import { openWorld, type World } from '../world.ts'

const callers = 50
const settings = { GUESSES_PER_ACCOUNT: '1000', GUESSES_PER_ADDRESS: '10000', PUBLIC_URL: 'http://127.0.0.1:3001' }

/** How many callers got which status, who ask at the same moment. */
async function atOnce(ask: (n: number) => Promise<Response>): Promise<Record<number, number>> {
  const told: Record<number, number> = {}
  const answers = await Promise.all(Array.from({ length: callers }, (_, n) => insistently(() => ask(n))))
  for (const { status } of answers) told[status] = (told[status] ?? 0) + 1
  return told
}

function halves(world: World, name: 'grace' | 'linus' = 'grace'): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: callers }, () => untilServed(() => halfSignIn(world, name))))
}

for (const engine of engines) {
  test(`${engine}: of fifty who spend one code at once one gets in, and nobody after them`, async () => {
    await using world = await openWorld({ engine, settings })
    const { secret, recoveryCodes } = await setUpApp(world, 'grace')
    const [recoveryCode = ''] = recoveryCodes
    const [code, before] = [await codeOf(world, secret), await codeOf(world, secret, -1)]
    const next = await codeOf(world, secret, 1)

    for (const spent of [code, recoveryCode]) {
      const begun = await halves(world)
      assert.deepEqual(await atOnce((n) => finishByCode(world, begun[n] ?? '', spent)), { 200: 1, 401: callers - 1 })
      const later = await halfSignIn(world, 'grace')
      assert.equal((await finishByCode(world, later, spent)).status, 401)
    }

    const again = await halfSignIn(world, 'grace')
    for (const spelling of [` ${recoveryCode.toUpperCase()} `, recoveryCode.replaceAll('-', ''), before, code]) {
      assert.equal((await finishByCode(world, again, spelling)).status, 401, spelling)
    }
    assert.equal((await finishByCode(world, again, ` ${next.slice(0, 3)} ${next.slice(3)}`)).status, 200)
    const listed = await world.fetch('/api/users/me/factors', { as: 'grace' })
    const { meta } = (await listed.json()) as { meta: { recoveryCodesLeft: number } }
    assert.equal(meta.recoveryCodesLeft, 9)
  })

  test(`${engine}: of fifty who finish one sign-in, answer one challenge or confirm one app at once one succeeds`, async () => {
    await using world = await openWorld({ engine, settings })
    const { secret, recoveryCodes } = await setUpApp(world, 'grace')
    const half = await halfSignIn(world, 'grace')
    const good = [await codeOf(world, secret), await codeOf(world, secret, 1), ...recoveryCodes]

    const finished = await atOnce((n) => finishByCode(world, half, good[n % good.length] ?? ''))
    assert.deepEqual(finished, { 200: 1, 401: callers - 1 })

    const passkey = await setUpPasskey(world, 'grace')
    const { data } = (await (await world.fetch('/api/auth/passkey/options', { method: 'POST', json: {} })).json()) as {
      data: Parameters<typeof passkey.sign>[0]
    }
    const answers = Array.from({ length: callers }, () => passkey.sign(data))
    const signedIn = await atOnce((n) =>
      world.fetch('/api/auth/passkey', { method: 'POST', json: { credential: answers[n] } }),
    )
    assert.deepEqual(signedIn, { 200: 1, 401: callers - 1 })

    const enrolled = await world.fetch('/api/users/me/factors/totp', { method: 'POST', as: 'linus', json: {} })
    const { data: app } = (await enrolled.json()) as { data: { secret: string } }
    const code = await codeOf(world, app.secret)
    const confirmed = await atOnce(() =>
      world.fetch('/api/users/me/factors/totp/confirm', { method: 'POST', as: 'linus', json: { code } }),
    )
    assert.deepEqual(confirmed, { 200: 1, 404: callers - 1 })
  })

  test(`${engine}: of wrong codes at once five are looked at for a sign-in, and as many as allowed for an account`, async () => {
    await using world = await openWorld({ engine, settings: { ...settings, GUESSES_PER_ACCOUNT: '8' } })
    const { secret } = await setUpApp(world, 'grace')
    const looks = countLooks(world)

    const half = await halfSignIn(world, 'grace')
    const told = await atOnce((n) => finishByCode(world, half, String(100_000 + n)))
    assert.deepEqual([told, looks()], [{ 401: callers }, 5])
    assert.equal((await finishByCode(world, half, await codeOf(world, secret))).status, 401, 'it has been tried enough')

    const begun = await halves(world)
    const { 401: wrong = 0, 429: turnedAway = 0 } = await atOnce((n) => finishByCode(world, begun[n] ?? '', '123456'))
    assert.deepEqual([wrong, turnedAway, looks()], [3, callers - 3, 8])
    const late = await halfSignIn(world, 'grace')
    assert.equal((await finishByCode(world, late, await codeOf(world, secret))).status, 429)
    assert.equal(looks(), 8)

    const unlocked = await world.fetch(`/api/users/${cast.grace.user.id}/unlock`, { method: 'POST', as: 'ada' })
    assert.equal(unlocked.status, 200)
    assert.equal((await finishByCode(world, late, await codeOf(world, secret))).status, 200)
  })
}

test('the right password earns no further codes', async () => {
  await using world = await openWorld({ settings: { ...settings, GUESSES_PER_ACCOUNT: '3' } })
  const { secret } = await setUpApp(world, 'grace')
  const { email } = cast.grace.user
  const statuses: number[] = []

  for (let n = 0; n < 5; n += 1) {
    const json = { email, password: cast.grace.password }
    const begun = await world.fetch('/api/auth/login', { method: 'POST', json })
    const { data } = (await begun.json()) as { data: { challenge: { id: string } } }
    const code = n < 4 ? '000000' : await codeOf(world, secret)
    statuses.push((await finishByCode(world, data.challenge.id, code)).status)
  }

  assert.deepEqual(statuses, [401, 401, 401, 429, 429])
})

test('two nodes spend a code once between them, and count wrong ones together', async () => {
  const shared = { engine: 'postgres', settings: { ...settings, GUESSES_PER_ACCOUNT: '20' } } as const
  await using near = await openWorld(shared)
  const { secret } = await setUpApp(near, 'grace')
  await using far = await openWorld({ ...shared, beside: near })
  far.tick(30_000)
  const node = (n: number) => (n % 2 === 0 ? near : far)
  const code = await codeOf(near, secret)

  const begun = await halves(near)
  const spent = await atOnce((n) => finishByCode(node(n), begun[n] ?? '', code))
  await setUpApp(near, 'linus')
  const again = await halves(far, 'linus')
  const guessed = await atOnce((n) => finishByCode(node(n), again[n] ?? '', '123456'))

  assert.equal(spent[200], 1)
  assert.deepEqual(guessed, { 401: 20, 429: callers - 20 })
})

/** How often a code was held against somebody's secret since. */
function countLooks({ core }: World): () => number {
  const { totp } = core
  let looks = 0
  const stepOf: typeof totp.stepOf = (...asked) => {
    looks += 1
    return totp.stepOf(...asked)
  }
  Object.assign(core, { totp: { ...totp, stepOf } })
  return () => looks
}
