/** What every provider's adapter must do, told to a provider that can be made to fail. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { books, webhooks } from './provider-conformance-books.testing.ts'
import {
  aPayment,
  DECLINED,
  DOWN,
  must,
  refusal,
  UAH,
  type Rig,
  type Suite,
} from './rig.testing.ts'

/** Registers the suite; `rig` is opened by the first test and lives until the file ends. */
export function providerConformance(name: string, rig: () => Promise<Rig>): void {
  const suite = { name, rig }
  charges(suite)
  refunds(suite)
  unknowns(suite)
  redirects(suite)
  webhooks(suite)
  books(suite)
}

function charges({ name, rig }: Suite): void {
  test(`${name}: a charge that is asked for again under its key is made once`, async () => {
    const { provider, request, found } = await aPayment(await rig())
    const first = must(await provider.charge(request))
    assert.equal(first.status, 'succeeded')
    assert.deepEqual(must(await provider.charge(request)), first)
    const all = await Promise.all(Array.from({ length: 10 }, () => provider.charge(request)))
    for (const each of all) assert.deepEqual(must(each), first)
    const [only, ...more] = await found()
    assert.deepEqual(more, [])
    assert.equal(only?.status, 'succeeded')
    assert.equal(only.transactionId, first.transactionId)
    assert.deepEqual(only.amount, request.amount)
    assert(Math.abs(only.at - Date.now()) < 60_000)
  })

  test(`${name}: a key that comes with another amount moves nothing and is no no`, async () => {
    const { provider, request, found } = await aPayment(await rig())
    must(await provider.charge(request))
    assert.equal(refusal(await provider.charge({ ...request, amount: UAH(1) })), DOWN)
    assert.deepEqual(
      (await found()).map(({ amount }) => amount),
      [request.amount],
    )
  })

  test(`${name}: a decline has a word for its reason, and stays one`, async () => {
    const { provider, request, found } = await aPayment(await rig(), 'no')
    for (let times = 0; times < 2; times += 1) {
      const said = await provider.charge(request)
      assert(!said.ok && said.refusal.code === 'payments.declined')
      assert.match(said.refusal.reason, /^[a-z_]+$/)
      assert.notEqual(said.refusal.reason, 'declined')
    }
    const [only, ...more] = await found()
    assert.deepEqual([only?.status, more], ['declined', []])
  })

  test(`${name}: a payment nobody was charged for has no charges`, async () => {
    const { found } = await aPayment(await rig())
    assert.deepEqual(await found(), [])
  })
}

function refunds({ name, rig }: Suite): void {
  test(`${name}: parts are given back once for each key, and never more than was taken`, async () => {
    const { provider, request } = await aPayment(await rig())
    const { transactionId } = must(await provider.charge(request))
    const { key, reference } = request
    const give = (part: string, amount: number) =>
      provider.refund({ key: `${key}/${part}`, transactionId, reference, amount: UAH(amount) })

    const first = must(await give('a', 30_000))
    assert.equal(first.status, 'succeeded')
    assert.deepEqual(must(await give('a', 30_000)), first)
    assert.equal(refusal(await give('b', 70_001)), DECLINED)
    assert.equal(refusal(await give('a', 1)), DOWN, 'a key of another amount says nothing')
    assert.notEqual(must(await give('c', 70_000)).transactionId, first.transactionId)
    assert.equal(refusal(await give('d', 1)), DECLINED)
    assert.deepEqual(must(await give('a', 30_000)), first, 'though nothing is left')
  })

  test(`${name}: of two refunds at once that are too much together one is refused`, async () => {
    const { provider, request } = await aPayment(await rig())
    const { transactionId } = must(await provider.charge(request))
    const { key, reference } = request
    const said = await Promise.all(
      ['a', 'b'].map((part) =>
        provider.refund({ key: `${key}/${part}`, transactionId, reference, amount: UAH(60_000) }),
      ),
    )
    const refused = said.filter(({ ok }) => !ok)
    assert.deepEqual(refused.map(refusal), [DECLINED])
  })

  test(`${name}: what was not taken is not given back`, async () => {
    const { provider, request, found } = await aPayment(await rig(), 'no')
    await provider.charge(request)
    const [{ transactionId } = { transactionId: '' }] = await found()
    const { key, reference, amount } = request
    for (const each of [transactionId, 'nothing-of-this-name']) {
      const asked = { key: `${key}/back/${each}`, transactionId: each, reference, amount }
      assert.equal(refusal(await provider.refund(asked)), DECLINED)
    }
  })
}

function unknowns({ name, rig }: Suite): void {
  for (const fault of ['loses-answer', 'fails-after'] as const) {
    test(`${name}: ${fault}: nobody knows, and the one charge is found`, async () => {
      const broken = await rig()
      const { provider, request, found } = await aPayment(broken)
      await broken.fault(fault)
      try {
        assert.equal(refusal(await provider.charge(request)), DOWN)
      } finally {
        await broken.fault(undefined)
      }
      const [only, ...more] = await found()
      assert.deepEqual([only?.status, more], ['succeeded', []])
      // The key may tell as well; some providers give the failure again for as long as they know it.
      const again = await provider.charge(request)
      if (again.ok) assert.equal(again.value.transactionId, only?.transactionId)
      else assert.equal(refusal(again), DOWN)
      assert.equal((await found()).length, 1)
    })
  }

  test(`${name}: a refund whose answer is lost is given once`, async () => {
    const broken = await rig()
    const { provider, request } = await aPayment(broken)
    const { transactionId } = must(await provider.charge(request))
    const { reference, amount } = request
    const refund = { key: `${request.key}/back`, transactionId, reference, amount }
    await broken.fault('loses-answer')
    try {
      assert.equal(refusal(await provider.refund(refund)), DOWN)
    } finally {
      await broken.fault(undefined)
    }
    assert.equal(must(await provider.refund(refund)).status, 'succeeded')
  })

  test(`${name}: fails-before: nobody knows, and then the same key charges`, async () => {
    const broken = await rig()
    const { provider, request, found } = await aPayment(broken)
    await broken.fault('fails-before')
    try {
      assert.equal(refusal(await provider.charge(request)), DOWN)
    } finally {
      await broken.fault(undefined)
    }
    assert.deepEqual(await found(), [])
    assert.equal(must(await provider.charge(request)).status, 'succeeded')
  })

  test(`${name}: a provider that is not there leaves everything unknown`, async () => {
    const { request } = await aPayment(await rig())
    const away = (await rig()).openAway()
    assert.equal(refusal(await away.charge(request)), DOWN)
    assert.equal(refusal(await away.find(request.reference)), DOWN)
  })
}

function redirects({ name, rig }: Suite): void {
  for (const decision of ['approve', 'decline'] as const) {
    test(`${name}: a buyer is sent to a page, where they ${decision}`, async () => {
      const at = await rig()
      const { provider, request, found } = await aPayment(at, 'redirect')
      const first = must(await provider.charge(request))
      assert(first.status === 'action-needed')
      assert(URL.canParse(first.url))
      assert.deepEqual(must(await provider.charge(request)), first)
      assert.equal((await found())[0]?.status, 'action-needed')

      await at.decide(first.transactionId, first.url, decision)
      const said = await provider.charge(request)
      if (decision === 'approve') {
        const { transactionId } = first
        assert.deepEqual(must(said), { status: 'succeeded', transactionId })
      } else assert.equal(refusal(said), DECLINED)
      const status = decision === 'approve' ? 'succeeded' : 'declined'
      assert.equal((await found())[0]?.status, status)
    })
  }

  test(`${name}: a charge that waits for the buyer can be closed, and stays closed`, async () => {
    const at = await rig()
    const { provider, request, found } = await aPayment(at, 'redirect')
    const { transactionId } = must(await provider.charge(request))
    const { key } = request
    assert.equal(refusal(await provider.close({ key, transactionId })), DECLINED)
    assert.equal(refusal(await provider.close({ key, transactionId })), DECLINED)
    assert.equal((await found())[0]?.status, 'declined')
  })

  test(`${name}: closing comes too late when the buyer was faster`, async () => {
    const at = await rig()
    const { provider, request } = await aPayment(at, 'redirect')
    const first = must(await provider.charge(request))
    assert(first.status === 'action-needed')
    await at.decide(first.transactionId, first.url, 'approve')
    const { transactionId } = first
    const closed = must(await provider.close({ key: request.key, transactionId }))
    assert.deepEqual(closed, { status: 'succeeded', transactionId })
  })
}
