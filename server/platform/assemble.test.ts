import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { pino } from 'pino'

import { readConfig } from '../config.ts'
import { assemble, assembleWorker, type Assembled } from './assemble.ts'
import { secretsFrom } from './auth/secrets.ts'
import type { Context } from './context.ts'
import { randomIds, type TenantId } from './ids.ts'
import { memoryLapsed } from './ledger/memory-lapsed.ts'
import { MemoryLog } from './log/memory-log.ts'
import { memoryTimers } from './memory-timers.ts'
import { realWaiting, type Waiting } from './waiting.ts'
import { ball, commit, receive, setAside } from './write/commits.testing.ts'
import { MemoryStore } from './write/memory-store.ts'
import { keyed } from './write/settle.ts'

const A = 1 as TenantId
const SECRET = 'a secret of this test and of nobody else'
const never = (): never => assert.fail('nothing is read')

/** A day in a second: what waits in this process waits a hundredth part of it. */
const quick: Waiting = {
  after: (ms, work) => realWaiting.after(ms / 100, work),
  sleep: (ms, signal) => realWaiting.sleep(ms / 100, signal),
  soon: realWaiting.soon,
}

/** A whole process over memory, its clock moved by hand. */
function aProcess(contexts: (platform: Assembled) => readonly Context[]) {
  let now = 1_000_000
  const clock = { now: () => now }
  const store = new MemoryStore(clock)
  const chance = { next: () => 0.5 }
  const platform = assemble({
    config: readConfig({ NODE_ENV: 'test', TORG_SECRET: SECRET }, []),
    secrets: secretsFrom(SECRET),
    log: pino({ level: 'silent' }),
    reads: { read: never, readGlobal: never },
    store,
    clock,
    ids: randomIds,
    waiting: quick,
    chance,
  })
  const worker = assembleWorker(platform, contexts(platform), {
    logSource: new MemoryLog(store),
    timerSource: memoryTimers(store, chance),
    findLapsed: memoryLapsed(store),
    holder: 'this one',
  })
  return {
    store,
    platform,
    worker,
    pass: (seconds: number) => void (now += seconds * 1000),
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]()
      await platform.writer.close()
    },
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const began = performance.now()
  while (!isSo()) {
    assert(performance.now() - began < 5000, 'not so after 5 s')
    await sleep(1)
  }
}

test('a process over memory runs subscriptions, timers and jobs, and waits as it is told to', async () => {
  const heard: string[] = []
  let runs = 0
  await using subject = aProcess(({ writer }) => [
    {
      name: 'suite',
      routes: [],
      problems: {},
      subscriptions: [
        {
          kind: 'reaction',
          name: 'listens',
          hears: { events: ['conformance.added'], transfers: true },
          react: async (entry) => void heard.push(entry.kind),
        },
      ],
      timers: {
        bell: async ({ id, key }) => {
          await commit(writer, { key, timers: [{ clear: id }], id: 'rung' })
        },
      },
      jobs: [{ name: 'counts', everySeconds: 60, run: async () => void (runs += 1) }],
    },
  ])
  const { writer } = subject.platform
  await commit(writer, {
    transfers: [receive(5)],
    timers: [{ set: 'later', kind: 'bell', inSeconds: 60, data: {} }],
  })
  await subject.worker.idle()
  assert.deepEqual(heard, ['transfer'])
  await sleep(30)
  assert.equal(subject.store.timers.size, 1, 'it fired before it was due')
  subject.pass(61)
  await until(() => subject.store.timers.size === 0)
  await subject.worker.idle()
  assert.deepEqual(heard, ['transfer', 'event'])
  await until(() => runs >= 2)
})

test('in memory too, holds that have lapsed are let go and open ones stay (INV-04)', async () => {
  await using subject = aProcess(() => [])
  const { writer } = subject.platform
  for (const tenant of [A, 2 as TenantId]) {
    const transfers = [receive(10), setAside('short', 3, ['kyiv'], 10), setAside('long', 2)]
    assert((await commit(writer, { tenant, transfers })).ok)
  }
  const held = (tenant: number) => {
    const { unit, name } = ball('kyiv')
    return subject.store.balances.get(keyed(tenant as TenantId, unit, name))?.held
  }
  await sleep(30)
  assert.deepEqual([held(1), held(2)], [5, 5])
  subject.pass(11)
  await until(() => held(1) === 2 && held(2) === 2)
  const lapses = subject.store.log.filter(
    (entry) => entry.kind === 'transfer' && entry.entry.verb === 'lapse',
  )
  assert.equal(lapses.length, 2)
})

test('work that nobody waits for begins when the process has had its first moments for shoppers', async () => {
  const runs = { atOnce: 0, later: 0 }
  await using subject = aProcess(() => [
    {
      name: 'suite',
      routes: [],
      problems: {},
      jobs: [
        { name: 'at-once', everySeconds: 600, run: async () => void (runs.atOnce += 1) },
        {
          name: 'later',
          everySeconds: 600,
          firstAfterSeconds: 60,
          run: async () => void (runs.later += 1),
        },
      ],
    },
  ])
  await until(() => runs.atOnce === 1)
  subject.pass(59)
  await sleep(30)
  assert.deepEqual(runs, { atOnce: 1, later: 0 })
  subject.pass(2)
  await until(() => runs.later === 1)
  assert.equal(runs.atOnce, 1)
})
