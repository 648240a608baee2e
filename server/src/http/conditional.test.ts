import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cpuMsOf, isWithin } from '../../test/timing.ts'
import { entityTag, matchesNoneOf, versionsWanted } from './conditional.ts'

const etag = entityTag(7, '{"id":"ada"}')

test('an entity tag is strong, holds the version, and changes with the representation', () => {
  assert.match(etag, /^"7-[A-Za-z0-9_-]{22}"$/)
  assert.equal(entityTag(7, '{"id":"ada"}'), etag)
  assert.notEqual(entityTag(7, '{"id":"grace"}'), etag)
  assert.notEqual(entityTag(8, '{"id":"ada"}'), etag)
})

test('a caller who has the representation is told that nothing changed', () => {
  for (const header of [etag, `W/${etag}`, '*', ' * ', `"x", ${etag}`, `"a,b",W/"c" ,\t${etag}`, ` ${etag} `]) {
    assert.equal(matchesNoneOf(header, etag), false, header)
  }
})

test('a caller who has anything else, or whose header cannot be read, gets the whole answer', () => {
  const others = ['"7"', etag.slice(1, -1), `${etag} "x"`, `${etag},`, `,${etag}`, `w/${etag}`, '', ',', `*, ${etag}`]
  for (const header of [undefined, '"x"', `"7-x"`, ...others]) {
    assert.equal(matchesNoneOf(header, etag), true, header)
  }
})

test('a condition names the versions that it would overwrite', () => {
  const cases: [string | undefined, ReturnType<typeof versionsWanted>][] = [
    [undefined, null],
    ['*', 'any'],
    [etag, [7]],
    [`"7-old", "9-x"`, [7, 9]],
    ['"12"', [12]],
    ['"0-x"', [0]],
  ]
  for (const [header, expected] of cases) assert.deepEqual(versionsWanted(header), expected, header)
})

test('a condition that is weak, foreign or unreadable names no version, so it never passes', () => {
  const foreign = [
    'W/"7-x"',
    '"x-7"',
    '"-7"',
    '"7x"',
    '"007e1"',
    '""',
    '"1234567890123456-x"',
    '"7-a"b"',
    '7',
    '7-x',
    "'7-x'",
  ]
  for (const header of [...foreign, '"7-x', '"7-x",', '', '"7-x" "8-x"']) {
    assert.deepEqual(versionsWanted(header), [], header)
  }
})

test('a header as long as a request may have is read at once', async () => {
  const tookMs = await cpuMsOf(() => {
    for (const header of [',"'.repeat(8000), '"a",'.repeat(4000), `${' '.repeat(16_000)}x`, 'W/'.repeat(8000)]) {
      matchesNoneOf(header, etag)
      versionsWanted(header)
    }
  })
  assert.ok(isWithin(tookMs, 500), `${tookMs} ms`)
})
