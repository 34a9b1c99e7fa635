/** Tables that come and go by themselves. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { undocumented } from './documented.ts'
import { A, good, Journey, refused, type Json } from './journey.ts'

const PATH = `${A}/admin/exchange-schedules`

let journey: Journey
let as: string
let source: Server
let port: number
let served = { status: 200, text: '' }
let askedFor: string[] = []
before(async () => {
  source = createServer((request, response) => {
    askedFor.push(request.url ?? '')
    response.writeHead(served.status, { 'content-type': 'text/csv' }).end(served.text)
  })
  source.listen(0, '127.0.0.1')
  await once(source, 'listening')
  port = (source.address() as AddressInfo).port
  // Two workers, so that what is due is found by both.
  journey = await Journey.begin({
    processes: [['api', 'worker'], ['worker']],
    env: { TABLE_SOURCE_HOSTS: `127.0.0.1:${port}` },
  })
  as = await journey.token('admin')
})
after(async () => {
  await journey?.[Symbol.asyncDispose]()
  source?.close()
})

const hourly = { every: 'hours', hours: 1 }

const create = async (body: Json): Promise<Json> =>
  good(await journey.post(PATH, { name: 'x', rhythm: hourly, ...body }, { as }), 201)

const runsOf = async (id: string): Promise<Json[]> =>
  good(await journey.get(`${PATH}/${id}/runs`, { as })).items

async function until(id: string, isThere: (runs: Json[]) => boolean): Promise<Json[]> {
  for (const late = performance.now() + 20_000; ; await sleep(25)) {
    const seen = await runsOf(id)
    if (isThere(seen)) return seen
    assert.ok(performance.now() < late, `it never came: ${JSON.stringify(seen)}`)
  }
}

/** Lets a time come at once. */
const come = (like: string): Promise<unknown> =>
  journey.shop.query(`update platform.timers set due_at = now() where id like $1`, [like])

suite('a schedule', () => {
  test('fetches a table when it is due, and imports it as if it had been sent', async () => {
    const { sku } = await journey.aProduct(1)
    served = { status: 200, text: `sku,warehouse,quantity\n${sku},kyiv,31\nNONE,kyiv,1\n` }
    askedFor = []
    const made = await create({
      kind: 'stock',
      from: { url: `http://127.0.0.1:${port}/stock.csv?token=secret` },
    })
    assert.equal(made.from.url, `http://127.0.0.1:${port}/stock.csv?…`)
    const left = Date.parse(made.nextAt) - Date.now()
    assert.ok(left > 3_500_000 && left <= 3_600_000, `${left}`)

    await come(`schedule/${made.id}`)
    const [run, ...others] = await until(made.id, ([first]) => first?.state === 'done')
    assert.deepEqual(
      [run.because, run.dueAt, run.rows, run.failed, run.attempts, others],
      ['due', made.nextAt, 2, 1, 1, []],
    )
    assert.deepEqual(askedFor, ['/stock.csv?token=secret'])
    assert.equal(await journey.freeUnits(sku), 31)
    const report = good(await journey.get(`${A}/admin/imports/${run.importId}`, { as }))
    assert.deepEqual([report.scheduleId, report.applied], [made.id, 1])
    const listed = good(await journey.get(PATH, { as })).items
    const [own] = listed.filter(({ id }: Json) => id === made.id)
    assert.deepEqual(own.lastRun, run)
    assert.ok(Date.parse(own.nextAt) === Date.parse(made.nextAt) + 3_600_000)
    assert.doesNotMatch(JSON.stringify(journey.seen), /token=secret/)
  })

  test('exports a table, which staff fetch and which imported again changes nothing', async () => {
    const made = await create({
      kind: 'stock',
      rhythm: { every: 'week', on: 'sunday', at: '03:30' },
      to: { format: 'xlsx', keep: 1 },
    })
    const key = crypto.randomUUID()
    const first = good(await journey.post(`${PATH}/${made.id}/run`, {}, { as, key }), 202)
    const again = good(await journey.post(`${PATH}/${made.id}/run`, {}, { as, key }), 202)
    assert.equal(first.id, again.id)
    const [run] = await until(made.id, ([seen]) => seen?.state === 'done')
    assert.ok(run.rows > 100 && run.file.bytes > 1_000)
    const token = { authorization: `Bearer ${as}` }
    const url = `${journey.shop.program.url}${run.file.url}`
    const answer = await fetch(url, { headers: token })
    assert.match(
      answer.headers.get('content-disposition') ?? '',
      /attachment; filename="stock-.+\.xlsx"/,
    )
    const body = await answer.arrayBuffer()
    assert.equal(body.byteLength, run.file.bytes)
    const sent = await fetch(`${journey.shop.program.url}${A}/admin/imports?kind=stock`, {
      method: 'POST',
      headers: token,
      body,
    })
    const { id } = (await sent.json()) as Json
    for (;;) {
      const seen = good(await journey.get(`${A}/admin/imports/${id}`, { as }))
      if (seen.state === 'done') {
        assert.deepEqual([seen.rows, seen.unchanged], [run.rows, run.rows])
        break
      }
      await sleep(25)
    }
    refused(
      await journey.get(run.file.url, { as: await journey.token('shopper') }),
      403,
      'auth.forbidden',
    )

    good(await journey.post(`${PATH}/${made.id}/run`, {}, { as }), 202)
    await until(made.id, (runs) => runs.length === 2 && runs[0]?.state === 'done')
    refused(await journey.get(run.file.url, { as }), 404, 'exchange.file-unknown')
    good(await journey.call('DELETE', `${PATH}/${made.id}`, { as }), 204)
    refused(await journey.get(`${PATH}/${made.id}`, { as }), 404, 'exchange.schedule-unknown')
  })

  test('whose source is away tries again, and says so meanwhile', async () => {
    const { sku } = await journey.aProduct(1)
    served = { status: 503, text: '' }
    const made = await create({
      kind: 'stock',
      from: { url: `http://127.0.0.1:${port}/stock.csv` },
    })
    good(await journey.post(`${PATH}/${made.id}/run`, {}, { as }), 202)
    const [waiting] = await until(made.id, ([run]) => run?.attempts === 1 && run.retryAt !== null)
    assert.deepEqual([waiting.state, waiting.fault.code], ['waiting', 'exchange.source-refused'])
    refused(
      await journey.post(`${PATH}/${made.id}/run`, {}, { as }),
      409,
      'exchange.schedule-running',
    )
    served = { status: 200, text: `sku,warehouse,quantity\n${sku},kyiv,5\n` }
    await come(`run/${waiting.id}`)
    const [done] = await until(made.id, ([run]) => run?.state === 'done')
    assert.deepEqual([done.attempts, done.fault, done.rows], [2, null, 1])
  })

  test('is refused what it could not do', async () => {
    const body = { name: 'x', kind: 'stock', rhythm: hourly }
    const https = { url: 'https://erp.example.com/x.csv' }
    for (const [sent, code] of [
      [{ ...body }, 'exchange.schedule-directions'],
      [{ ...body, from: https, to: {} }, 'exchange.schedule-directions'],
      [{ ...body, from: { url: 'http://169.254.169.254/' } }, 'exchange.source-forbidden'],
      [{ ...body, from: { url: 'https://user:secret@example.com/' } }, 'exchange.source-forbidden'],
      [{ ...body, from: { url: 'not an address' } }, 'exchange.source-forbidden'],
      [{ ...body, to: { keep: 0 } }, 'request.invalid'],
      [{ ...body, to: {}, rhythm: { every: 'hours', hours: 0 } }, 'request.invalid'],
      [{ ...body, to: {}, rhythm: { every: 'day', at: '24:00' } }, 'request.invalid'],
      [{ ...body, to: {}, rhythm: { every: 'day', at: '03:30', on: 'monday' } }, 'request.invalid'],
      [{ ...body, to: {}, rhythm: { every: 'minute' } }, 'request.invalid'],
      [{ ...body, to: {}, url: 'x' }, 'request.invalid'],
    ] as const) {
      const answer = await journey.post(PATH, sent, { as })
      refused(answer, 422, code)
      assert.doesNotMatch(answer.text, /secret/)
    }
    const second = await journey.token('admin', 'second')
    const made = await create({ kind: 'prices', to: {} })
    for (const path of ['', '/runs']) {
      refused(
        await journey.get(`${PATH}/${made.id}${path}`, { as: second, in: 'second' }),
        404,
        'exchange.schedule-unknown',
      )
    }
  })
})

test('all that was said here is documented', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
