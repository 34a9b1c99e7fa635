import assert from 'node:assert/strict'
import { test } from 'node:test'

import { deviceOf } from './device.ts'

test('a device is named after its browser and its system (IDN-12)', () => {
  const linux = 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0'
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  const cases: [userAgent: string | undefined, name: string][] = [
    [linux, 'Firefox on Linux'],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/143.0 Safari/537.36`, 'Chrome on Windows'],
    [
      `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/143.0 Safari/537.36 Edg/143.0`,
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    [
      `Mozilla/5.0 (Linux; Android 16) ${webkit} Chrome/143.0 Mobile Safari/537.36`,
      'Chrome on Android',
    ],
    ['curl/8.17.0', 'curl'],
    ['', 'unknown device'],
    [undefined, 'unknown device'],
    ['<script>alert(1)</script>', 'unknown device'],
  ]
  for (const [userAgent, name] of cases) assert.equal(deviceOf(userAgent), name)
})

test('a name is short, whatever is sent', () => {
  assert.equal(deviceOf('x'.repeat(10_000)).length, 40)
  assert.ok(deviceOf(`${'a b '.repeat(5_000)}Firefox/1`).length <= 40)
})
