import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'

import { runLoad } from './load.ts'

/** A server in this process; the load comes from another. */
async function serving(listener: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const scenario = new URL('./two-steps.testing.ts', import.meta.url)

test('later requests of a turn use earlier answers, and everything is counted by step and status', async () => {
  const made = new Set<string>()
  await using server = await serving((request, response) => {
    if (request.method === 'POST') {
      const id = `ід-${made.size}`
      made.add(id)
      response.writeHead(201, { 'Content-Type': 'application/json' }).write('{"id":')
      // In two pieces, chunked: `Content-Length` is not known.
      setTimeout(() => response.end(`${JSON.stringify(id)}}`), 1)
    } else {
      const id = decodeURIComponent((request.url ?? '').slice(1))
      const status = made.has(id) && !id.endsWith('7') ? 200 : 404
      response.writeHead(status, { 'X-Big': 'yes' }).end('x'.repeat(200_000))
    }
  })

  const load = await runLoad({
    scenario,
    url: server.url,
    clients: 6,
    seconds: 30,
    turns: 100,
    processes: 2,
  })
  assert.equal(made.size, 100)
  assert.equal(load.turns, 100)
  assert.equal(load.requests, 200)
  assert.equal(load.errors, 0, load.errorSamples.join())
  assert.deepEqual(load.steps.make?.byStatus, { 201: 100 })
  assert.deepEqual(load.steps.look?.byStatus, { 200: 90, 404: 10 })
  assert.deepEqual(load.outcomes, { found: 90, missing: 10 })
  assert(load.latency.p50Ms >= 1)
  assert(load.latency.p50Ms <= load.latency.p99Ms && load.latency.p99Ms <= load.latency.maxMs)
})

test('a server that breaks off connections is an error of the turn, not of the load', async () => {
  let asked = 0
  await using server = await serving((request, response) => {
    asked += 1
    if (asked % 10 === 0) request.socket.destroy()
    else response.writeHead(201).end('{"id":"a"}')
  })
  const load = await runLoad({ scenario, url: server.url, clients: 1, seconds: 30, turns: 50 })
  assert.equal(load.turns + load.errors, 50)
  assert(load.errors >= 9 && load.errors <= 11, `${load.errors} errors`)
  assert.match(load.errorSamples[0] ?? '', /ConnectionLost/)
})

test('nobody listening is counted and does not hang', async () => {
  const load = await runLoad({ scenario, url: 'http://127.0.0.1:1', clients: 2, seconds: 0.3 })
  assert.equal(load.turns, 0)
  assert(load.errors > 2 && load.errors < 40, `${load.errors} errors`)
})

test('a scenario that cannot be loaded fails the load with its reason', async () => {
  const none = new URL('./none.testing.ts', import.meta.url)
  await assert.rejects(
    runLoad({ scenario: none, url: 'http://127.0.0.1:1', clients: 1, seconds: 1 }),
    /none\.testing\.ts/,
  )
})

test('what happens in the warm-up is not counted', async () => {
  const begun = performance.now()
  let late = 0
  await using server = await serving((_, response) => {
    if (performance.now() - begun > 600) late += 1
    response.writeHead(201).end('{"id":"a"}')
  })
  const load = await runLoad({
    scenario,
    url: server.url,
    clients: 2,
    warmUpSeconds: 0.6,
    seconds: 0.4,
  })
  assert(load.requests > 0 && load.requests <= late + 4, `${load.requests} of ${late}`)
  assert(load.seconds > 0.3 && load.seconds < 0.6, `${load.seconds} s`)
})
