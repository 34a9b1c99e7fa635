/** What processes find of each other in Redis is never older than what they remember themselves (PRF-04, PRF-05). */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Answer } from '../support/client.ts'
import { processesOf } from '../support/processes.ts'
import type { Program } from '../support/program.ts'
import { redisProgram, RedisServer } from '../support/redis.ts'
import { A, Journey, type Json } from './journey.ts'

const LIST = `${A}/products?limit=5&lang=uk`
const FIGURE = /^torg_catalog_pages_(kept|taken|made) (\d+)$/gm
/** Each in its own process; half of the machine may be taken by other tests. */
const BOUND_MS = 900

const program = redisProgram()

if (program === undefined) {
  test('lists shared in Redis were not tried: there is no redis-server', (context) => {
    context.diagnostic('install redis-server to run this journey')
  })
} else {
  await using parts = new AsyncDisposableStack()
  const redis = parts.use(await RedisServer.open(program))
  const env = { REDIS_URL: redis.url }
  const journey = parts.use(await Journey.begin({ processes: processesOf('2+1'), env }))
  const kept = parts.move()
  after(() => kept.disposeAsync())
  tries(redis, journey)
}

function tries(redis: RedisServer, here: Journey): void {
  const [one, two] = here.shop.fronts
  assert(one !== undefined && two !== undefined)
  const there = here.by(two)

  const listed = async (by: Journey, id: string, position?: string): Promise<Json> => {
    const headers: Record<string, string> =
      position === undefined ? {} : { 'torg-position': position }
    const page = await by.get(LIST, { headers })
    assert.equal(page.status, 200, page.text)
    return page.body.items.find((each: Json) => each.id === id)
  }

  /** Seen to fail when every name in Redis had the pid of its process in it. */
  test('what one process has made another gives, the same bytes', async () => {
    await using load = asking([here, there])
    await sleep(1_500)
    const [ours, theirs] = await Promise.all([here.get(LIST), there.get(LIST)])
    assert.equal(ours.text, theirs.text)
    assert.equal(ours.headers['etag'], theirs.headers['etag'])
    assert.deepEqual((await load.end()).failed, [])
    const [mine, others] = await Promise.all([figuresOf(one), figuresOf(two)])
    assert(mine.taken + others.taken >= 2, `${mine.taken} and ${others.taken} taken`)
  })

  /**
   * Seen to fail when `Shares` took whatever was young enough (`#holds` always true), and when it did not
   * know of this process's last commit (`committed` of `openSharing` always undefined): all showed the
   * name before, the one that had changed it as well.
   */
  test('a change is seen at once by who makes it, and elsewhere by who brings its position', async () => {
    const as = await here.token('admin')
    const { id, sku, price } = await here.aProduct(2)
    await using load = asking([here, there])
    for (let n = 1; n <= 15; n += 1) {
      // Other ages of what lies in Redis each time.
      await sleep(7 * n)
      const body = { sku, name: `Мʼяч ${n}`, price }
      const by = n % 2 === 0 ? here : there
      const answer = await by.call('PUT', `${A}/products/${id}`, { as, body })
      assert.equal(answer.status, 200, answer.text)
      const position = String(answer.headers['torg-position'])
      const seen = await Promise.all([
        listed(by, id),
        listed(here, id, position),
        listed(there, id, position),
      ])
      assert.deepEqual(
        seen.map((each) => each?.name),
        Array<string>(3).fill(`Мʼяч ${n}`),
      )
    }
    assert.deepEqual((await load.end()).failed, [])
  })

  /** Seen to fail: without the time-out of commands a list waited 1 s, until the connection was cut. */
  test('a Redis that is paused, killed and started again is noticed by nobody', async () => {
    for (const fault of ['paused', 'killed']) {
      await using load = asking([here, there])
      await sleep(300)
      if (fault === 'paused') redis.signal('SIGSTOP')
      else await redis.kill()
      await sleep(fault === 'paused' ? 1_400 : 500)
      if (fault === 'paused') redis.signal('SIGCONT')
      else await redis.start()
      await sleep(300)
      const { failed, longestMs, answered } = await load.end()
      assert.deepEqual(failed, [], fault)
      assert(answered > 100, `${answered} answered`)
      assert(longestMs < BOUND_MS, `${fault}: ${longestMs} ms`)
    }
    assert.equal((await fetch(`${one.url}/readyz`)).status, 200)
    // It is used again.
    const before = (await figuresOf(one)).taken + (await figuresOf(two)).taken
    await using load = asking([here, there])
    const until = performance.now() + 10_000
    while ((await figuresOf(one)).taken + (await figuresOf(two)).taken === before) {
      assert(performance.now() < until, 'nothing is taken any more')
      await sleep(50)
    }
    assert.deepEqual((await load.end()).failed, [])
  })
}

async function figuresOf(process: Program): Promise<Record<'kept' | 'taken' | 'made', number>> {
  const text = await (await fetch(`${process.url}/metrics`)).text()
  const found = { kept: 0, taken: 0, made: 0 }
  for (const [, word, count] of text.matchAll(FIGURE)) {
    found[word as keyof typeof found] = Number(count)
  }
  return found
}

interface Load extends AsyncDisposable {
  end(): Promise<{
    readonly answered: number
    readonly failed: readonly string[]
    readonly longestMs: number
  }>
}

/** Asks each for eight lists again and again, two at a time: one of them is always about to be made anew. */
function asking(journeys: readonly Journey[]): Load {
  const found = { answered: 0, failed: [] as string[], longestMs: 0 }
  let isOver = false
  const ask = async (journey: Journey): Promise<void> => {
    for (let n = 0; !isOver; n += 1) {
      const since = performance.now()
      const said = await journey
        .get(LIST.replace('5', `${5 + (n % 8)}`))
        .catch((error: unknown) => String(error))
      found.longestMs = Math.max(found.longestMs, performance.now() - since)
      found.answered += 1
      if (!isGood(said)) found.failed.push(typeof said === 'string' ? said : said.text)
      await sleep(5)
    }
  }
  const running = journeys.flatMap((journey) => [ask(journey), ask(journey)])
  const end = async (): Promise<typeof found> => {
    isOver = true
    await Promise.all(running)
    return found
  }
  return { end, [Symbol.asyncDispose]: async () => void (await end()) }
}

function isGood(said: string | Answer<unknown>): boolean {
  return typeof said !== 'string' && said.status === 200
}
