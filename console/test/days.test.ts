import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, startOfDay } from '../src/session/days.ts'

test('a day begins with its first moment, also where clocks are put forward or back at midnight', () => {
  for (const [timeZone, day, start] of [
    ['UTC', '2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-22', '2026-11-21T18:15:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00.000Z'],
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00.000Z'],
    ['America/Havana', '2024-11-03', '2024-11-03T04:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
  ] as const) {
    assert.equal(startOfDay(day, timeZone), start, `${day} in ${timeZone}`)
    assert.equal(dayOf(Date.parse(start), timeZone), day)
    assert.notEqual(dayOf(Date.parse(start) - 1, timeZone), day)
  }
  assert.equal(startOfDay('2026-03-29', 'Europe/Berlin', 1), '2026-03-29T22:00:00.000Z')
  assert.equal(startOfDay('2026-10-25', 'Europe/Berlin', 1), '2026-10-25T23:00:00.000Z')
  assert.equal(dayOf(Date.parse('2026-11-22T23:30:00Z'), 'Asia/Tokyo'), '2026-11-23')
})

test('in a time zone that the browser does not know, days are those of UTC', () => {
  assert.equal(startOfDay('2026-11-22', 'Mars/Olympus_Mons'), '2026-11-22T00:00:00.000Z')
})
