import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressKey, callerAddress, canonicalAddress, isLoopbackAddress, trustProxies } from './addresses.ts'

test('one address has one text, however it was written', () => {
  const cases: [string | undefined, string | null][] = [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
  ]
  for (const [sent, expected] of cases) assert.equal(canonicalAddress(sent), expected, sent)
})

test('what is no address is none', () => {
  const junk = [
    '',
    'a',
    'unknown',
    '192.0.2',
    '192.0.2.256',
    '0300.0.2.1',
    '3221225985',
    '192.0.2.1:80',
    '[::1]',
    '::1::',
    'localhost',
  ]
  for (const sent of [undefined, ...junk]) assert.equal(canonicalAddress(sent), null, sent)
})

test('whoever moves about in their own /64 stays in one bucket', () => {
  const keys = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:0:5::'].map(addressKey)

  assert.deepEqual(new Set(keys), new Set(['2001:db8:1:2::/64']))
})

test('addresses of different customers have buckets of their own', () => {
  const ips = [
    '2001:db8:1:2::1',
    '2001:db8:1:3::1',
    '2001:db8::1',
    '::1',
    'fe80::1',
    '192.0.2.1',
    '192.0.2.2',
    '64:ff9b::192.0.2.1',
  ]

  assert.equal(new Set(ips.map((ip) => addressKey(canonicalAddress(ip)))).size, ips.length)
  assert.equal(addressKey('::1'), '0:0:0:0::/64')
  assert.equal(addressKey(null), 'unknown')
})

test('loopback is 127.0.0.0/8 and ::1, and nothing that looks like it', () => {
  for (const ip of ['127.0.0.1', '127.9.9.9', '::1']) assert.equal(isLoopbackAddress(ip), true, ip)
  for (const ip of [null, '126.0.0.1', '128.0.0.1', '::2', '10.0.0.1', '1.127.0.0'])
    assert.equal(isLoopbackAddress(ip), false)
})

test('a caller cannot name its own address', () => {
  const proxies = trustProxies(['10.0.0.0/8', '2001:db8:f::/48', '192.0.2.10'])
  const cases: [socket: string, forwardedFor: string | undefined, expected: string][] = [
    ['198.51.100.1', '203.0.113.9', '198.51.100.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '1.1.1.1, 203.0.113.9, 10.1.1.1, 192.0.2.10', '203.0.113.9'],
    ['2001:db8:f::7', '2001:DB8:0:0::1', '2001:db8::1'],
    ['10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
  ]
  for (const [socket, forwardedFor, expected] of cases) {
    assert.equal(callerAddress(socket, forwardedFor, proxies), expected, forwardedFor)
  }
})

test('behind junk stands the proxy that passed it on', () => {
  const proxies = trustProxies(['10.0.0.1'])
  for (const junk of [
    'a',
    '',
    ',',
    'unknown',
    '_hidden',
    '203.0.113.9, a',
    '1.1.1.1, ',
    '203.0.113.9;x',
    '"203.0.113.9"',
    '%00',
  ]) {
    assert.equal(callerAddress('10.0.0.1', junk, proxies), '10.0.0.1', junk)
  }
})

test('without trusted proxies nobody is believed', () => {
  assert.equal(callerAddress('10.0.0.1', '203.0.113.9', null), '10.0.0.1')
  assert.equal(callerAddress('10.0.0.1', '203.0.113.9', trustProxies([])), '10.0.0.1')
  assert.equal(callerAddress(undefined, '203.0.113.9', trustProxies(['10.0.0.1'])), null)
})

test('a chain of any length is walked for a few hops only', () => {
  const chain = Array.from({ length: 5000 }, () => '10.0.0.2').join(',')

  assert.equal(callerAddress('10.0.0.1', `203.0.113.9,${chain}`, trustProxies(['10.0.0.0/8'])), '10.0.0.2')
})

test('a trusted proxy that is no address is a mistake', () => {
  for (const range of ['', 'proxy.internal', '10.0.0', '10.0.0.0/33'])
    assert.throws(() => trustProxies([range]), RangeError)
})
