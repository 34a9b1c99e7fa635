import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Document } from './document.ts'
import { faultsOf, SLOWEST_MS } from './judge.ts'
import { type Heard, Line } from './wire.ts'

const HEADERS = {
  'content-type': 'text/csv',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}
const document: Document = {
  operations: [],
  codes: new Set(),
  at: () => undefined,
  checkProblem: () => undefined,
}

/** What is heard of a server that writes so. */
async function hear(write: (response: ServerResponse) => Promise<void>): Promise<Heard> {
  const server = createServer((_request, response) => {
    response.writeHead(200, HEADERS)
    void write(response).then(() => response.end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const line = new Line(port)
  const bytes = Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  const heard = await line.askAlone({ bytes })
  server.close()
  return heard
}

/** The faults of an answer whose times are those of another one, stretched. */
const faults = ({ ms, silentMs, ...heard }: Heard, stretch: number): readonly string[] =>
  faultsOf(
    { ...heard, ms: ms * stretch, silentMs: silentMs * stretch },
    'well-formed',
    undefined,
    document,
  )

test('an answer that is sent while it is written may last, but not be silent', async () => {
  const steady = await hear(async (response) => {
    for (let part = 0; part < 10; part += 1) {
      response.write('a,b\n')
      await sleep(30)
    }
  })
  assert.equal(steady.headers['transfer-encoding'], 'chunked')
  // As if it had taken 3 s.
  assert.deepEqual(faults(steady, 3_000 / steady.ms), [])

  const late = await hear(async (response) => {
    await sleep(300)
    response.write('a,b\n')
  })
  assert.deepEqual(faults(late, 3_000 / late.ms), [`slower than ${SLOWEST_MS} ms`])

  const stuck = await hear(async (response) => {
    response.write('a,b\n')
    await sleep(300)
    response.write('a,b\n')
  })
  assert.deepEqual(faults(stuck, 3_000 / stuck.ms), [`slower than ${SLOWEST_MS} ms`])
})

test('an answer of known length is late when it ends late', async () => {
  const whole = await hear(async (response) => {
    for (let part = 0; part < 10; part += 1) {
      response.write('a,b\n')
      await sleep(30)
    }
  })
  const { 'transfer-encoding': _, ...headers } = whole.headers
  const known = { ...whole, headers }
  assert.deepEqual(faults(known, 3_000 / known.ms), [`slower than ${SLOWEST_MS} ms`])
})
