import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { OpenSocket } from '#platform/http/socket-side'
import type { TenantId } from '#platform/ids'
import type { Waiting } from '#platform/waiting'

import { Connection } from './connection.ts'
import type { Watcher, Watching } from './watching.ts'

const ids = Array.from(
  { length: 100 },
  (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
)

/** The other end of a connection, as the network shows it, and a clock that a test moves. */
function aPage() {
  const sent: string[] = []
  let said: (text: string) => void = () => undefined
  let alive: () => void = () => undefined
  let closed: () => void = () => undefined
  const page = { waitingBytes: 0, sent, pings: 0, end: '' }
  const socket: OpenSocket = {
    send: (text) => void sent.push(text),
    get waitingBytes() {
      return page.waitingBytes
    },
    close: (code) => void (page.end = String(code)),
    cut: () => {
      page.end = page.end === '' ? 'cut' : `${page.end}, cut`
      closed()
    },
    ping: () => void (page.pings += 1),
    onMessage: (heard) => void (said = heard),
    onLife: (heard) => void (alive = heard),
    onClose: (heard) => void (closed = heard),
  }
  const timers: { at: number; work: () => void }[] = []
  let now = 0
  const waiting: Waiting = {
    after(ms, work) {
      const timer = { at: now + ms, work }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0)
    },
    sleep: async () => undefined,
    soon: (work) => work(),
  }
  const watched = new Map<string, Watcher>()
  const watching: Watching = {
    watch: (_tenant, those, watcher) => those.forEach((id) => watched.set(id, watcher)),
    leave: (_tenant, id) => void watched.delete(id),
    get watched() {
      return watched.size
    },
  }
  const tail = {
    hear: () => undefined,
    currentTo: () => 0,
    reach: async () => 'reached' as const,
    seen: { era: 1, xid: 1n },
    wake: () => undefined,
  }
  const connection = new Connection({ tenant: 1 as TenantId, socket, watching, tail, waiting })
  let ends = 0
  connection.onEnd = () => void (ends += 1)
  return {
    page,
    connection,
    watched,
    ends: () => ends,
    say: (message: unknown) => said(JSON.stringify(message)),
    live: () => alive(),
    pass(ms: number) {
      for (const until = now + ms; ;) {
        timers.sort((a, b) => a.at - b.at)
        const [next] = timers
        if (next === undefined || next.at > until) {
          now = until
          return
        }
        timers.shift()
        now = next.at
        next.work()
      }
    },
  }
}

test('LIVE-4: a slow reader is kept the newest of each product, and nothing more', () => {
  const { page, connection, pass } = aPage()
  page.waitingBytes = 1_000_000
  for (let n = 0; n < 5_000; n += 1) connection.tell(ids[n % 3] ?? '', `state ${n}`)
  assert.equal(page.sent.length, 0)
  page.waitingBytes = 0
  pass(300)
  assert.deepEqual(new Set(page.sent), new Set(['state 4997', 'state 4998', 'state 4999']))
  assert.equal(page.end, '')
})

test('LIVE-4: one that has not caught up within ten seconds is hung up on', () => {
  const { page, connection, pass, ends } = aPage()
  page.waitingBytes = 1_000_000
  connection.tell(ids[0] ?? '', 'state')
  pass(9_900)
  assert.equal(page.end, '')
  pass(1_000)
  assert.equal(page.end, '1013, cut')
  assert.equal(ends(), 1)
})

test('LIVE-4: who is not there any more is hung up on at the second ping', () => {
  const { page, pass, live } = aPage()
  pass(30_000)
  live()
  pass(30_000)
  assert.deepEqual([page.pings, page.end], [2, ''])
  pass(30_000)
  assert.deepEqual([page.pings, page.end], [2, 'cut'])
})

test('a page that is gone watches nothing', async () => {
  const { watched, say, page, pass } = aPage()
  say({ subscribe: ids })
  await new Promise(setImmediate)
  assert.equal(watched.size, 100)
  page.waitingBytes = 0
  pass(61_000)
  assert.equal(page.end, 'cut')
  assert.equal(watched.size, 0)
})

test('LIVE-4: who sends thirty messages in ten seconds is heard, who sends more is hung up on', () => {
  const { page, say, pass } = aPage()
  for (let n = 0; n < 30; n += 1) say({})
  assert.equal(page.end, '')
  pass(10_000)
  for (let n = 0; n < 30; n += 1) say({})
  assert.equal(page.end, '')
  say({})
  assert.equal(page.end, '1008')
})
