import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { json, shoes, start } from './running.testing.ts'

test('card-declined is told no, again and again, and is listed as declined', async () => {
  await using provider = await start('--delay-ms', '0')
  const wanted = { ...shoes, method: 'card-declined' }
  for (let times = 0; times < 2; times += 1) {
    const answer = await provider.post('/v1/charges', 'k1', wanted)
    assert.equal(answer.status, 402)
    assert.equal((await json(answer)).error.code, 'card_declined')
  }
  assert.deepEqual(
    (await provider.list()).map(({ status, reason }) => [status, reason]),
    [['declined', 'card_declined']],
  )
  const [charge] = await provider.list()
  const refund = await provider.post('/v1/refunds', 'r1', { charge: charge?.id, amount: 1 })
  assert.equal((await json(refund)).error.code, 'charge_not_paid')
})

test('card-slow is pending; the money comes later, after a restart too', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'test-provider-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'charges.jsonl')
  const wanted = { ...shoes, method: 'card-slow' }
  {
    await using provider = await start('--data-file', file, '--settle-ms', '600')
    const answer = await provider.post('/v1/charges', 'k1', wanted)
    assert.deepEqual([answer.status, (await json(answer)).status], [201, 'pending'])
    await provider.kill('SIGKILL')
  }
  await using provider = await start('--data-file', file, '--settle-ms', '600')
  const deadline = performance.now() + 5000
  while ((await provider.list())[0]?.status !== 'succeeded') {
    assert(performance.now() < deadline)
    await sleep(20)
  }
  const again = await json(await provider.post('/v1/charges', 'k1', wanted))
  assert.equal(again.status, 'succeeded')
})

test('card-redirect has a page where a person approves or declines by a click', async () => {
  await using provider = await start('--delay-ms', '0')
  const returnTo = 'http://demo.localhost/orders?id=1&from="shop"'
  const begin = async (key: string, more = {}) =>
    json(await provider.post('/v1/charges', key, { ...shoes, method: 'card-redirect', ...more }))
  const click = (url: string, decision: string) =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ decision }),
      redirect: 'manual',
    })

  const charge = await begin('k1', { returnTo })
  assert.equal(charge.status, 'action-needed')
  const page = await fetch(charge.url)
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
  const html = await page.text()
  assert.match(html, /<html lang="en">/)
  assert.match(html, /width=device-width/)
  assert.match(html, /UAH.1,299\.00/)
  for (const value of ['approve', 'decline']) assert.match(html, new RegExp(`value="${value}"`))

  assert.equal((await click(charge.url, 'perhaps')).status, 200)
  assert.equal((await provider.list())[0]?.status, 'action-needed')
  const approved = await click(charge.url, 'approve')
  assert.deepEqual([approved.status, approved.headers.get('location')], [303, returnTo])
  const after = await (await fetch(charge.url)).text()
  assert.match(after, /Paid/)
  assert(!after.includes(returnTo), 'the address is escaped')
  await click(charge.url, 'decline')
  assert.equal((await provider.list())[0]?.status, 'succeeded')

  const other = await begin('k2')
  const declined = await click(other.url, 'decline')
  assert.equal(declined.headers.get('location'), `/pay/${other.id}`)
  assert.equal(
    (await provider.post('/v1/charges', 'k2', { ...shoes, method: 'card-redirect' })).status,
    402,
  )

  const closed = await begin('k3')
  await provider.post(`/v1/charges/${closed.id}/close`, undefined, {})
  await click(closed.url, 'approve')
  const [, , third] = await provider.list()
  assert.deepEqual([third?.status, third?.reason], ['declined', 'closed'])

  assert.equal((await fetch(`${provider.url}/pay/ch_none`)).status, 404)
})

test('a way to pay that is not known, and an address that is no web address, are rejected', async () => {
  await using provider = await start('--delay-ms', '0')
  for (const bad of [
    { method: 'gold' },
    { returnTo: 'javascript:alert(1)' },
    { notify: '/relative' },
    { notify: 5 },
  ]) {
    assert.equal((await provider.post('/v1/charges', 'k', { ...shoes, ...bad })).status, 422)
  }
})
