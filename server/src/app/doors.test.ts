import assert from 'node:assert/strict'
import { test } from 'node:test'
import { houseRule, type PasswordRule } from '../core/credentials/password-rule.ts'
import { looserDoors } from './doors.ts'
import { defaultMounts } from './settings.ts'

const mounts = {
  sudigital: '/',
  racknap: null,
  'express-gateway': '/express-gateway',
  'redirect-manager': null,
  'service-module': null,
} as const
const door = (rule: PasswordRule) => ({ passwordRule: rule })
const contracts = { sudigital: door(houseRule), 'express-gateway': door({ ...houseRule, uncommon: false }) }

test('a mounted contract that takes a password the house would refuse is a looser door, whatever it gives up', () => {
  const gifts: Partial<PasswordRule>[] = [
    { lengthMin: 7 },
    { fourKinds: false },
    { uncommon: false },
    { impersonal: false },
    { impersonal: 'as a whole' },
  ]
  for (const given of gifts) {
    const rule = { ...houseRule, ...given }
    const doors = looserDoors({ mounts, passwordFloor: null }, { ...contracts, 'express-gateway': door(rule) })
    assert.deepEqual(doors, [{ contract: 'express-gateway', rule }])
  }
})

test('a contract that asks for as much or more, that takes no password or is off, is none', () => {
  const off = { ...mounts, 'express-gateway': null }

  assert.deepEqual(looserDoors({ mounts: off, passwordFloor: null }, contracts), [])
  for (const other of [{}, door(houseRule), door({ ...houseRule, lengthMin: 10 })]) {
    assert.deepEqual(looserDoors({ mounts, passwordFloor: null }, { ...contracts, 'express-gateway': other }), [])
  }
})

test('there is none while the floor of the house holds everywhere', () => {
  assert.deepEqual(looserDoors({ mounts, passwordFloor: 'house' }, contracts), [])
  assert.deepEqual(looserDoors({ mounts: defaultMounts, passwordFloor: 'house' }), [])
})

test('what each contract asks for is known', () => {
  assert.deepEqual(looserDoors({ mounts: defaultMounts, passwordFloor: null }), [
    { contract: 'racknap', rule: { lengthMin: 8, fourKinds: false, uncommon: true, impersonal: 'as a whole' } },
    { contract: 'redirect-manager', rule: { lengthMin: 8, fourKinds: false, uncommon: true, impersonal: false } },
    { contract: 'service-module', rule: { lengthMin: 10, fourKinds: false, uncommon: false, impersonal: false } },
  ])
})
