import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast, startedAtMs } from '../../test/cast.ts'
import { engines, openStoreWorld, settingsFrom } from '../../test/place.ts'
import type { AccessClaims, SessionId } from '../core/sessions/session.ts'
import { openDirectoryFor } from './directory.ts'
import { openLog } from './log.ts'

const nowSeconds = startedAtMs / 1000
const claims: AccessClaims = {
  sub: cast.ada.user.id,
  sid: '01900000-0000-7000-8000-00000000f009' as SessionId,
  iat: nowSeconds,
  exp: nowSeconds + 3600,
}

for (const engine of engines) {
  test(`${engine}: a rotated key goes on verifying what it signed, and signs nothing more`, async () => {
    await using world = await openStoreWorld(engine)
    const before = await world.tokens.sign(claims)
    const first = world.tokens.jwks(nowSeconds).keys.map(({ kid }) => kid)

    await world.tokens.rotate(-1)

    const after = await world.tokens.sign(claims)
    const both = world.tokens.jwks(nowSeconds).keys.map(({ kid }) => kid)
    assert.deepEqual([first.length, both.length], [1, 2])
    assert.notEqual(before.split('.')[0], after.split('.')[0])
    assert.deepEqual(await world.tokens.verify(before, nowSeconds + 10), claims)
    assert.deepEqual(await world.tokens.verify(after, nowSeconds + 10), claims)
  })

  test(`${engine}: a young key is left alone`, async () => {
    await using world = await openStoreWorld(engine)
    const before = world.tokens.jwks(nowSeconds)

    await world.tokens.rotate()

    assert.deepEqual(world.tokens.jwks(nowSeconds), before)
  })
}

test('another node verifies tokens of a key that was made after it started', async () => {
  await using near = await openStoreWorld('postgres')
  const log = openLog({ production: false, logLevel: 'silent' })
  let nowMs = startedAtMs
  await using far = await openDirectoryFor(settingsFrom(near.environment), { log, clock: () => nowMs })
  assert.deepEqual(far.tokens.jwks(nowSeconds), near.tokens.jwks(nowSeconds))

  await near.tokens.rotate(-1)
  nowMs += 2_000

  assert.deepEqual(await far.tokens.verify(await near.tokens.sign(claims), nowSeconds + 10), claims)
  assert.equal(far.tokens.jwks(nowSeconds).keys.length, 2)
})
