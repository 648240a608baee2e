import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { deviceOf } from './device.ts'

const claims: readonly (readonly [device: string | null, userAgent: string | null])[] = [
  ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'],
  [
    'Firefox on iOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 FxiOS/128.0 Mobile/15E148 Safari/605.1.15',
  ],
  [
    'Chrome on Linux',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  ],
  [
    'Chrome on Android',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Chrome on ChromeOS',
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  ],
  [
    'Edge on Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
  ],
  [
    'Opera on macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 OPR/111.0.0.0',
  ],
  [
    'Samsung Internet on Android',
    'Mozilla/5.0 (Linux; Android 13; SM-S901B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Safari on macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  ],
  [
    'Safari on iOS',
    'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  ],
  ['Acme-App on iOS', 'Acme-App/3.1 (iPhone; iOS 17.5)'],
  ['curl', 'curl/7.88.1'],
  ['python-requests', 'python-requests/2.32.3'],
  ['node', 'node'],
  ['Linux', 'Mozilla/5.0 (X11; Linux x86_64)'],
  [null, 'Mozilla/5.0'],
  [null, '(compatible)'],
  [null, '\u0001<script>'],
  [null, ''],
  [null, null],
]

test('a device is told by what it claims to be', () => {
  for (const [device, userAgent] of claims) assert.equal(deviceOf(userAgent), device, userAgent ?? 'nothing')
})

test('no claim of the length that is kept takes long to be told', () => {
  for (const part of ['Edg', 'Mac OS ', 'a', 'A-', '/', 'OPR ', ' ']) {
    const claim = part.repeat(limits.userAgentLengthMax).slice(0, limits.userAgentLengthMax)
    const startedAt = performance.now()
    for (let n = 0; n < 100; n += 1) deviceOf(claim)
    assert.ok(performance.now() - startedAt < 200)
  }
})
