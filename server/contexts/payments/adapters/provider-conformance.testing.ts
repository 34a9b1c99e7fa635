/** What every provider's adapter must do, told to a provider that can be made to fail. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Money } from '#platform/money'

import type {
  ChargeRequest,
  FoundCharge,
  Listed,
  PaymentProvider,
  ProviderBooks,
  ProviderNews,
  WebhookDelivery,
} from '../provider.ts'

/** A provider that can be broken, and whoever plays the buyer. */
export interface Rig {
  /** An adapter of its own for each test, because a breaker remembers. */
  open(): PaymentProvider & ProviderBooks
  /** An adapter whose provider is not there at all. */
  openAway(): PaymentProvider & ProviderBooks
  readonly yes: Pick<ChargeRequest, 'method' | 'token'>
  readonly no: Pick<ChargeRequest, 'method' | 'token'>
  readonly redirect: Pick<ChargeRequest, 'method' | 'token'>
  /** What every call meets from now on. */
  fault(what: 'fails-before' | 'fails-after' | 'loses-answer' | undefined): Promise<void>
  /** The buyer decides on the provider's page. */
  decide(transactionId: string, url: string, decision: 'approve' | 'decline'): Promise<void>
  /** Every delivery so far, oldest first. */
  deliveries(): readonly WebhookDelivery[]
  /** A delivery of these words, signed with the provider's secret or another at a time. */
  sign(body: string, how?: { readonly foreign?: boolean; readonly at?: number }): WebhookDelivery
  /** Words of a type of news that nobody knows. */
  readonly unknownNews: string
}

const UAH = (amount: number): Money => ({ amount, currency: 'UAH' })
const OFF_SECONDS = 301

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

interface Suite {
  readonly name: string
  readonly rig: () => Promise<Rig>
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

function webhooks({ name, rig }: Suite): void {
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

function books({ name, rig }: Suite): void {
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

async function everything<T>(
  ask: (after: string | null) => Promise<Said<Listed<T>>>,
): Promise<readonly T[]> {
  const found: T[] = []
  for (let after: string | null = null; ;) {
    const { items, next }: Listed<T> = must(await ask(after))
    found.push(...items)
    if (next === null) return found
    after = next
  }
}

const DOWN = 'payments.provider-down'
const DECLINED = 'payments.declined'

/** A payment of its own, and an adapter that has not met a fault yet. */
async function aPayment(rig: Rig, how: 'yes' | 'no' | 'redirect' = 'yes') {
  const provider = rig.open()
  const id = crypto.randomUUID()
  const request: ChargeRequest = {
    key: id,
    amount: UAH(100_000),
    reference: id,
    returnTo: 'http://demo.localhost/done',
    ...rig[how],
  }
  return await Promise.resolve({
    provider,
    request,
    found: async (): Promise<readonly FoundCharge[]> => must(await provider.find(id)),
  })
}

async function newsOf(
  rig: Rig,
  provider: PaymentProvider,
  reference: string,
  count: number,
): Promise<readonly ProviderNews[]> {
  const deadline = Date.now() + 5000
  for (;;) {
    const all = rig
      .deliveries()
      .map((each) => must(provider.readWebhook(each)))
      .filter((each) => each.kind !== 'ignored' && each.reference === reference)
    if (all.length >= count) return all
    assert(Date.now() < deadline, `${all.length} of ${count} deliveries came`)
    await sleep(10)
  }
}

type Said<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: { readonly code: string } }

function must<T>(said: Said<T>): T {
  assert(said.ok, JSON.stringify(said))
  return said.value
}

function refusal(said: Said<unknown>): string {
  assert(!said.ok, JSON.stringify(said))
  return said.refusal.code
}
