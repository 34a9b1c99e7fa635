import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { listProcesses, secondsOf, watchProcesses } from './processes.ts'

/** A process whose child burns a core and holds 64 MB; its own pid says nothing of that. */
const parentOfABusyChild = `
  const { spawn } = require('node:child_process')
  const busy = 'const kept = Buffer.alloc(64 << 20, 1); console.log(1); for (;;) kept[0]++'
  spawn(process.execPath, ['-e', busy], { stdio: ['ignore', 'inherit', 'ignore'] })
  process.stdin.on('end', () => process.exit()).resume()
`

test('a process is watched with its children, from the time the watch begins', async () => {
  const child = spawn(process.execPath, ['-e', parentOfABusyChild], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    await once(child.stdout, 'data')
    const watch = watchProcesses({ busy: child.pid ?? 0, nobody: 2 ** 22 + 1 }, 50)
    await sleep(600)
    const { busy, nobody } = watch.stop()

    assert(busy.cpuSeconds > 0.1 && busy.cpuSeconds < 1.2, `${busy.cpuSeconds} s`)
    assert(busy.cores > 0.15 && busy.cores < 1.5, `${busy.cores} cores`)
    assert(busy.rssPeakBytes > 100e6 && busy.rssPeakBytes < 600e6, `${busy.rssPeakBytes} bytes`)
    assert.deepEqual(nobody, {
      cpuSeconds: 0,
      cores: 0,
      rssPeakBytes: 0,
      rssLastBytes: 0,
      parts: {},
    })
  } finally {
    // The whole group: the busy child hears no one.
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  }
})

test('ps says what /proc says', (t) => {
  try {
    listProcesses('ps')
  } catch (error) {
    return t.diagnostic(`There is no ps here: ${String(error)}`)
  }
  const find = (from: 'proc' | 'ps') => listProcesses(from).find(({ pid }) => pid === process.pid)
  const [ps, proc] = [find('ps'), find('proc')]
  assert(ps !== undefined && proc !== undefined)
  assert.equal(ps.parent, proc.parent)
  assert(Math.abs(ps.rssBytes - proc.rssBytes) < 20e6)
  assert(Math.abs(ps.cpuSeconds - proc.cpuSeconds) <= 1.1)
})

test('the times of ps are read in all their forms', () => {
  assert.equal(secondsOf('00:01'), 1)
  assert.equal(secondsOf('1:02.50'), 62.5)
  assert.equal(secondsOf('01:00:01'), 3_601)
  assert.equal(secondsOf('2-01:00:00'), 176_400)
})
