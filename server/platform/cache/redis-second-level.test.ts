import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { after, test } from 'node:test'

import { Redis } from 'ioredis'
import { pino } from 'pino'

import { redisProgram, RedisServer } from '../../../tests/support/redis.ts'
import { redisSecondLevel } from './redis-second-level.ts'
import { seal, unseal } from './sealed.ts'
import type { SecondLevel } from './second-level.ts'
import { anAnswer, found, secondLevelConforms, used } from './second-level.testing.ts'

const KEY = Buffer.alloc(32, 'k')
const log = pino({ enabled: false })

const given = process.env['REDIS_URL']
const program = redisProgram()
const parts = new AsyncDisposableStack()
function open(url: string, { space = 'torg:test:', key = KEY } = {}): SecondLevel {
  return parts.adopt(redisSecondLevel({ url, space, key, log }), (level) => level.close())
}

// Before the first test: what is to be done after the last would else be done while it starts.
const server =
  given === undefined && program !== undefined
    ? parts.use(await RedisServer.open(program))
    : undefined
const url = given ?? server?.url
const level = url === undefined ? undefined : open(url)
if (level !== undefined) await used(level)
after(() => parts.disposeAsync())

const ms = async (work: () => Promise<unknown>): Promise<number> => {
  const since = performance.now()
  await work()
  return performance.now() - since
}

test('a sealed answer opens under its own name and key alone, and whole', () => {
  const sealed = seal(KEY, 'a', anAnswer('bytes'))
  assert(sealed !== undefined)
  assert.deepEqual(unseal(KEY, 'a', sealed), anAnswer('bytes'))
  assert.equal(unseal(KEY, 'b', sealed), undefined)
  assert.equal(unseal(Buffer.alloc(32, 'l'), 'a', sealed), undefined)
  for (let at = 0; at < sealed.length; at += 1) {
    const other: Buffer = Buffer.from(sealed)
    other[at] = (other[at] ?? 0) ^ 1
    assert.equal(unseal(KEY, 'a', other), undefined, `byte ${at}`)
    assert.equal(unseal(KEY, 'a', sealed.subarray(0, at)), undefined, `the first ${at}`)
  }
})

test('a Redis that was never there is as if nothing were in it', async () => {
  const level = open('redis://127.0.0.1:1')
  level.put('a', anAnswer('one'), 1_000)
  assert.equal(await level.get('a'), undefined)
  assert((await ms(() => level.get('a'))) < 20)
})

if (url === undefined || level === undefined) {
  test('the Redis adapter was not tried: there is no Redis', (context) => {
    context.diagnostic('install redis-server, or give REDIS_URL=redis://127.0.0.1:6379/0')
  })
} else {
  secondLevelConforms('the second level in Redis', () => level)

  test('two spaces see nothing of one another', async () => {
    const other = open(url, { space: 'torg:other:' })
    await used(other)
    level.put('spaces', anAnswer('one'), 5_000)
    assert.notEqual(await found(level, 'spaces'), undefined)
    assert.equal(await other.get('spaces'), undefined)
  })

  test('what strangers wrote is not taken out', async () => {
    const redis = new Redis(url)
    const texts = ['', 'x', 'x'.repeat(100), '[]'.repeat(100)]
    for (const [n, text] of texts.entries()) {
      await redis.set(`torg:test:strange${n}`, text, 'PX', 5_000)
      assert.equal(await level.get(`strange${n}`), undefined)
    }
    // A number is no text for Redis itself, a list no value: that is a failure, and no answer.
    await redis.lpush('torg:test:list', 'x')
    assert.equal(await level.get('list'), undefined)
    await redis.del('torg:test:list')
    redis.disconnect()
  })
}

if (server !== undefined) {
  /** Seen to fail: without the breaker, or the time-out, 100 questions took 1 s, until the connection was cut. */
  test('a Redis that is paused costs 20 ms a few times, then nothing, and is used again', async () => {
    const level = open(server.url)
    await used(level)
    server.signal('SIGSTOP')
    const took = await ms(async () => {
      for (let asked = 0; asked < 100; asked += 1) {
        assert.equal(await level.get('paused'), undefined)
        level.put('paused', anAnswer('two'), 60_000)
      }
    })
    server.signal('SIGCONT')
    assert(took < 500, `100 questions took ${took} ms`)
    await used(level)
  })

  /** Seen to fail with a `retryStrategy` that gives up, and above with commands sent before it is ready. */
  test('a Redis that is killed costs nothing, and is used when it is there again', async () => {
    const level = open(server.url)
    await used(level)
    await server.kill()
    const took = await ms(async () => {
      for (let asked = 0; asked < 100; asked += 1) {
        assert.equal(await level.get('killed'), undefined)
        level.put('killed', anAnswer('two'), 60_000)
      }
    })
    assert(took < 200, `100 questions took ${took} ms`)
    await server.start()
    await used(level)
  })
}
