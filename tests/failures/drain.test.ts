import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Client } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { aCart, aProductWith } from '../support/sale.ts'
import type { Program } from '../support/program.ts'
import { openShop, type Shop } from '../support/shop.ts'

const CLIENTS = 32

/** Long enough for whoever asks `/readyz` every few milliseconds. */
const NOTICE = { DRAIN_NOTICE_MS: '300' }

let shop: Shop
let sku: string

before(async () => {
  shop = await openShop({ env: NOTICE })
  sku = (await aProductWith(shop, 1_000_000)).sku
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

interface Sent {
  readonly key: string
  /** `cut` when the connection broke, `away` when there was none to be had. */
  readonly fate: number | 'cut' | 'away'
}

/** Adds units one by one, each under a key of its own, until it is told to stop. */
async function addUntil(
  isOver: () => boolean,
  next: () => Client,
  carts: readonly string[],
): Promise<Sent[]> {
  const sent: Sent[] = []
  await crowd(carts.length, carts.length, async (number) => {
    for (let round = 0; !isOver(); round += 1) {
      const key = `${carts[number]}/${round}`
      const path = `/api/v1/carts/${carts[number]}/items`
      const fate = await next()
        .post(path, { sku, quantity: 1 }, { key })
        .then(
          ({ status }) => status,
          (error: { code?: string }) => (error.code === 'ECONNREFUSED' ? 'away' : 'cut'),
        )
      sent.push({ key, fate })
      if (fate === 'away') return
    }
  })
  return sent
}

/** The keys of requests that had an effect though nobody was answered. */
async function done(keys: readonly string[]): Promise<string[]> {
  const text = 'select key from platform.keys where key = any($1)'
  return (await shop.query<{ key: string }>(text, [keys])).map(({ key }) => key)
}

test('two processes restarted one after the other behind a balancer: no request fails (R16)', async (t) => {
  const programs = [shop.program, await shop.another()]
  const backends = programs.map((program) => ({
    client: shop.client('demo', { program, connections: CLIENTS }),
    readiness: watchReadiness(program),
  }))
  await using watches = new AsyncDisposableStack()
  for (const { readiness } of backends) watches.use(readiness)
  await Promise.all(backends.map(({ readiness }) => readiness.isReady))

  let turn = 0
  const next = (): Client => {
    const ready = backends.filter(({ readiness }) => readiness.seen.at(-1) === '200')
    assert(ready.length > 0, 'both are away')
    return ready[turn++ % ready.length]!.client
  }
  const carts = await crowd(CLIENTS, CLIENTS, () => aCart(next()))
  const over = { now: false }
  const load = addUntil(() => over.now, next, carts)
  for (const [place, program] of programs.entries()) {
    await sleep(200)
    assert.deepEqual(await program.kill('SIGTERM'), { code: 0, signal: null })
    await program.start()
    while (backends[place]?.readiness.seen.at(-1) !== '200') await sleep(10)
  }
  await sleep(200)
  over.now = true
  const fates = tally((await load).map(({ fate }) => String(fate)))
  t.diagnostic(JSON.stringify(fates))
  assert.deepEqual(Object.keys(fates), ['201'])
})

test('SIGTERM under load: what was taken is answered, readiness goes first, the exit is clean (R16)', async (t) => {
  const client = shop.client('demo', { connections: CLIENTS })
  const carts = await crowd(CLIENTS, CLIENTS, () => aCart(client))
  const over = { now: false }
  const load = addUntil(
    () => over.now,
    () => client,
    carts,
  )
  await sleep(500)

  await using readiness = watchReadiness(shop.program)
  await readiness.isReady
  const since = performance.now()
  const exit = await shop.program.kill('SIGTERM')
  const ms = Math.round(performance.now() - since)
  over.now = true
  const sent = await load

  const fates = tally(sent.map(({ fate }) => String(fate)))
  const { seen } = readiness
  t.diagnostic(`gone after ${ms} ms; ${JSON.stringify(fates)}; readiness ${seen.join(' ')}`)
  assert.deepEqual(exit, { code: 0, signal: null })
  assert(ms < 10_000)
  assert.deepEqual(
    Object.keys(fates).filter((fate) => !['201', 'cut', 'away'].includes(fate)),
    [],
  )
  // A kept-alive connection may be closed while a request is on its way to it (RFC 9112 section
  // 9.3.1); what counts is that no request was begun and not answered.
  const unanswered = sent.filter(({ fate }) => typeof fate === 'string').map(({ key }) => key)
  assert.deepEqual(await done(unanswered), [])
  const granted = sent.filter(({ fate }) => fate === 201).map(({ key }) => key)
  assert.equal((await done(granted)).length, granted.length)
  assert(seen.includes('503'), `/readyz never said no: ${seen.join(' ')}`)
  assert(seen.indexOf('503') < seen.indexOf('away'), 'it went away before it said that it would')
})

/** What somebody saw who asked `/readyz` on ever new connections, as a balancer does. */
interface Readiness extends AsyncDisposable {
  readonly isReady: Promise<void>
  /** Each change: a status, `away` when nobody listened, `cut` when an answer broke off. */
  readonly seen: readonly string[]
}

function watchReadiness(program: Program): Readiness {
  const agent = new Agent({ keepAlive: false })
  const seen: string[] = []
  const ready = Promise.withResolvers<void>()
  let isOver = false
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const said = await new Promise<string>((resolve) => {
        const asked = request(`${program.url}/readyz`, { agent }, (response) => {
          response.resume()
          response.on('end', () => resolve(String(response.statusCode)))
          response.on('error', () => resolve('cut'))
        })
        asked.on('error', (error: { code?: string }) =>
          resolve(error.code === 'ECONNREFUSED' ? 'away' : 'cut'),
        )
        asked.end()
      })
      if (seen.at(-1) !== said) seen.push(said)
      if (said === '200') ready.resolve()
      await sleep(10)
    }
  }
  const watching = watch()
  return {
    isReady: ready.promise,
    seen,
    async [Symbol.asyncDispose]() {
      isOver = true
      await watching
    },
  }
}
