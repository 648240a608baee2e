import assert from 'node:assert/strict'
import { test } from 'node:test'
import { houseRule } from '../core/credentials/password-rule.ts'
import { looserDoors } from './doors.ts'
import { defaultMounts } from './settings.ts'

const mounts = { sudigital: '/', 'express-gateway': '/express-gateway' } as const
const rules = { sudigital: houseRule, 'express-gateway': { ...houseRule, uncommon: false } }

test('a mounted contract that takes a password the house would refuse is a looser door, whatever it gives up', () => {
  for (const given of [{ lengthMin: 7 }, { fourKinds: false }, { uncommon: false }, { impersonal: false }]) {
    const rule = { ...houseRule, ...given }
    const doors = looserDoors({ mounts, passwordFloor: null }, { ...rules, 'express-gateway': rule })
    assert.deepEqual(doors, [{ contract: 'express-gateway', rule }])
  }
})

test('a contract that asks for as much or more, that takes no password or is off, is none', () => {
  const off = { ...mounts, 'express-gateway': null }

  assert.deepEqual(looserDoors({ mounts: off, passwordFloor: null }, rules), [])
  for (const rule of [null, houseRule, { ...houseRule, lengthMin: 10 }]) {
    assert.deepEqual(looserDoors({ mounts, passwordFloor: null }, { ...rules, 'express-gateway': rule }), [])
  }
})

test('there is none while the floor of the house holds everywhere', () => {
  assert.deepEqual(looserDoors({ mounts, passwordFloor: 'house' }, rules), [])
})

test('what each contract asks for is known', () => {
  assert.deepEqual(looserDoors({ mounts: defaultMounts, passwordFloor: null }), [])
})
