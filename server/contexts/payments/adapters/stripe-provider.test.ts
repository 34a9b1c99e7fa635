import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import { providerConformance } from './provider-conformance.testing.ts'
import type { Rig } from './rig.testing.ts'
import { fromStripe, toStripe } from './stripe-amounts.ts'
import { stripeProvider } from './stripe-provider.ts'
import { StripeStandIn } from './stripe-stand-in.testing.ts'

const stripe = await StripeStandIn.open()
after(() => stripe[Symbol.asyncDispose]())

const options = {
  secretKey: stripe.secretKey,
  webhookSecrets: ['whsec_the_next_one', stripe.webhookSecret],
  redirectMethods: ['ideal'],
  timeoutMs: 2000,
}

const rig: Rig = {
  open: () => stripeProvider({ ...options, at: stripe.at }),
  openAway: () => stripeProvider({ ...options, at: { ...stripe.at, port: 9 } }),
  yes: { method: 'card', token: 'pm_card_visa' },
  no: { method: 'card', token: 'pm_card_chargeDeclinedInsufficientFunds' },
  redirect: { method: 'ideal' },
  fault: async (what) => {
    stripe.fault = what
    await Promise.resolve()
  },
  decide: async (transactionId, _url, decision) => {
    stripe.decide(transactionId, decision)
    await Promise.resolve()
  },
  deliveries: () => stripe.deliveries,
  sign: (body, { foreign = false, at } = {}) =>
    stripe.sign(body, {
      ...(foreign ? { secret: 'whsec_of_somebody_else' } : {}),
      ...(at === undefined ? {} : { at }),
    }),
  unknownNews: JSON.stringify({
    id: 'evt_1',
    object: 'event',
    created: 1_800_000_000,
    type: 'customer.created',
    data: { object: {} },
  }),
}

providerConformance('stripe', () => Promise.resolve(rig))

const charge = () => {
  const id = crypto.randomUUID()
  return {
    key: id,
    amount: { amount: 100_000, currency: 'UAH' },
    reference: id,
    method: 'card',
    returnTo: 'http://demo.localhost/done',
  }
}

test('a card that wants its owner to agree sends the buyer to a page', async () => {
  const provider = rig.open()
  const said = await provider.charge({ ...charge(), token: 'pm_card_authenticationRequired' })
  assert(said.ok && said.value.status === 'action-needed')
})

test('a token that is made up is a no; an amount that is too small is one as well', async () => {
  const provider = rig.open()
  const made = await provider.charge({ ...charge(), token: 'pm_nothing' })
  assert(!made.ok && made.refusal.code === 'payments.declined')
  assert.equal(made.refusal.reason, 'token_invalid')
  const amount = { amount: 1, currency: 'UAH' }
  const small = await provider.charge({ ...charge(), amount, token: 'pm_card_visa' })
  assert(!small.ok && small.refusal.code === 'payments.declined')
  assert.equal(small.refusal.reason, 'amount_too_small')
})

test('a card whose token is gone is looked for and never charged', async () => {
  const provider = rig.open()
  const request = charge()
  const calls = stripe.calls
  const unknown = await provider.charge(request)
  assert(!unknown.ok && unknown.refusal.code === 'payments.provider-down')
  assert.equal(stripe.calls - calls, 1)
  const said = await provider.charge({ ...request, token: 'pm_card_visa' })
  assert.deepEqual(await provider.charge(request), said)
})

test('news of a charge that is not ours is ignored', () => {
  const words = {
    id: 'evt_2',
    object: 'event',
    created: 1_800_000_000,
    type: 'payment_intent.succeeded',
    data: { object: { id: 'pi_1', amount: 5, currency: 'uah', metadata: {} } },
  }
  const said = rig.open().readWebhook(rig.sign(JSON.stringify(words)))
  assert(said.ok && said.value.kind === 'ignored')
})

test('a wrong key of ours is nothing the buyer hears of as a decline', async () => {
  const provider = stripeProvider({ ...options, secretKey: 'sk_test_wrong', at: stripe.at })
  const said = await provider.charge({ ...charge(), token: 'pm_card_visa' })
  assert(!said.ok && said.refusal.code === 'payments.provider-down')
})

test('krónur are counted in hundredths at Stripe, hryvnias as they are', () => {
  assert.deepEqual(toStripe({ amount: 500, currency: 'ISK' }), { amount: 50_000, currency: 'isk' })
  assert.deepEqual(fromStripe({ amount: 50_000, currency: 'isk' }), {
    amount: 500,
    currency: 'ISK',
  })
  assert.deepEqual(toStripe({ amount: 500, currency: 'UAH' }), { amount: 500, currency: 'uah' })
  assert.deepEqual(toStripe({ amount: 500, currency: 'JPY' }), { amount: 500, currency: 'jpy' })
})
