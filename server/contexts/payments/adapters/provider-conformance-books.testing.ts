/** Of the suite of every provider's adapter: its news, and its books. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { WebhookDelivery } from '../provider.ts'
import {
  aPayment,
  DOWN,
  everything,
  must,
  newsOf,
  refusal,
  UAH,
  type Suite,
} from './rig.testing.ts'

const OFF_SECONDS = 301

export function webhooks({ name, rig }: Suite): void {
  test(`${name}: news of charges and refunds says which payment and which refund`, async () => {
    const at = await rig()
    const { provider, request } = await aPayment(at)
    const { transactionId } = must(await provider.charge(request))
    const { reference } = request
    const key = `${request.key}/back`
    const given = must(
      await provider.refund({ key, transactionId, reference, amount: UAH(40_000) }),
    )
    const { provider: other, request: refused } = await aPayment(at, 'no')
    await other.charge(refused)

    const [taken, back] = await newsOf(at, provider, reference, 2)
    assert(taken?.kind === 'charge.succeeded' && back?.kind === 'refund.succeeded')
    assert.notEqual(taken.id, back.id)
    const { id: _id, at: takenAt, ...rest } = taken
    const of = { reference, transactionId }
    assert.deepEqual(rest, { kind: 'charge.succeeded', ...of, amount: request.amount })
    assert(Math.abs(takenAt - Date.now()) < 60_000)
    const { id: _other, at: _at, ...refund } = back
    assert.deepEqual(refund, {
      kind: 'refund.succeeded',
      ...of,
      amount: UAH(40_000),
      refundKey: key,
      refundTransactionId: given.transactionId,
    })
    const [no] = await newsOf(at, provider, refused.reference, 1)
    assert(no?.kind === 'charge.declined')
    assert.match(no.reason, /^[a-z_]+$/)
  })

  test(`${name}: only what is signed with our secret, unchanged and fresh is believed`, async () => {
    const at = await rig()
    const { provider, request } = await aPayment(at)
    must(await provider.charge(request))
    await newsOf(at, provider, request.reference, 1)
    const delivery = at.deliveries().at(-1)
    assert(delivery !== undefined)
    const { headers, rawBody, receivedAt } = delivery
    const read = (changed: Partial<WebhookDelivery>) =>
      refusal(provider.readWebhook({ ...delivery, ...changed }))

    const text = rawBody.toString()
    const forged = 'payments.webhook-forged'
    assert.equal(read({ rawBody: Buffer.from(text.replace('100000', '100001')) }), forged)
    assert.equal(read({ rawBody: Buffer.from(`${text} `) }), forged)
    assert.equal(read({ headers: {} }), forged)
    for (const header of Object.keys(headers)) {
      if (/^(webhook|stripe)-/.test(header))
        assert.equal(read({ headers: { ...headers, [header]: '' } }), forged)
    }
    assert.equal(refusal(provider.readWebhook(at.sign(text, { foreign: true }))), forged)

    const stale = 'payments.webhook-stale'
    assert.equal(read({ receivedAt: receivedAt + (OFF_SECONDS + 1) * 1000 }), stale)
    assert.equal(read({ receivedAt: receivedAt - (OFF_SECONDS + 1) * 1000 }), stale)
    assert(provider.readWebhook({ ...delivery, receivedAt: receivedAt + 290_000 }).ok)
  })

  test(`${name}: news nobody knows is taken and ignored, and what is no news is not`, async () => {
    const at = await rig()
    const provider = at.open()
    assert.equal(must(provider.readWebhook(at.sign(at.unknownNews))).kind, 'ignored')
    for (const words of ['{', '[]', 'null', '{"id":"evt_1","type":"charge.succeeded","data":{}}']) {
      const said = provider.readWebhook(at.sign(words))
      assert.equal(refusal(said), 'payments.webhook-unreadable', words)
    }
  })
}

export function books({ name, rig }: Suite): void {
  test(`${name}: the books list every charge since an instant once, with what was given back`, async () => {
    const at = await rig()
    const taken = await aPayment(at)
    const { transactionId } = must(await taken.provider.charge(taken.request))
    const { key, reference } = taken.request
    const back = { key: `${key}/back`, transactionId, reference, amount: UAH(40_000) }
    must(await taken.provider.refund(back))
    const refused = await aPayment(at, 'no')
    await refused.provider.charge(refused.request)
    const open = await aPayment(at, 'redirect')
    must(await open.provider.charge(open.request))

    const { chargesSince } = at.open()
    const since = Date.now() - 60_000
    const all = await everything((after) => chargesSince(since, after))
    const stands = [taken, refused, open].map(({ request }) =>
      all
        .filter((each) => each.reference === request.reference)
        .map(({ status, amount, refunded }) => [status, amount.amount, refunded.amount]),
    )
    assert.deepEqual(stands, [
      [['succeeded', 100_000, 40_000]],
      [['declined', 100_000, 0]],
      [['action-needed', 100_000, 0]],
    ])
    const later = await everything((after) => chargesSince(Date.now() + 60_000, after))
    assert.deepEqual(later, [])
  })

  test(`${name}: more charges than a page holds are all listed, once each`, async () => {
    const at = await rig()
    const since = Date.now() - 1000
    const references = await Promise.all(
      Array.from({ length: 130 }, async () => {
        const { provider, request } = await aPayment(at)
        must(await provider.charge(request))
        return request.reference
      }),
    )
    const { chargesSince } = at.open()
    const first = must(await chargesSince(since, null))
    assert(first.items.length < references.length && first.next !== null, 'a page is bounded')
    const found = (await everything((after) => chargesSince(since, after)))
      .map(({ reference }) => reference)
      .filter((reference) => references.includes(reference))
    assert.deepEqual(found.toSorted(), references.toSorted())
  })

  test(`${name}: the books list refunds by their key and by the payment they are of`, async () => {
    const at = await rig()
    const { provider, request } = await aPayment(at)
    const { transactionId } = must(await provider.charge(request))
    const { reference } = request
    const key = `${request.key}/back`
    const amount = UAH(40_000)
    const given = must(await provider.refund({ key, transactionId, reference, amount }))
    const { refundsSince } = at.open()
    const all = await everything((after) => refundsSince(Date.now() - 60_000, after))
    const [only, ...more] = all.filter((each) => each.reference === reference)
    assert(only !== undefined && more.length === 0)
    const { at: madeAt, ...rest } = only
    assert(Math.abs(madeAt - Date.now()) < 60_000)
    assert.deepEqual(rest, {
      key,
      transactionId: given.transactionId,
      chargeId: transactionId,
      reference,
      status: 'succeeded',
      amount,
    })
  })

  test(`${name}: books of a provider that is not there are unknown, not empty`, async () => {
    const away = (await rig()).openAway()
    assert.equal(refusal(await away.chargesSince(0, null)), DOWN)
    assert.equal(refusal(await away.refundsSince(0, null)), DOWN)
  })
}
