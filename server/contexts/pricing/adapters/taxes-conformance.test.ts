import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { accept } from '#platform/outcome'

import { httpTaxes } from './http-taxes.ts'
import { ownAnswer } from './own-taxes.ts'
import { TaxServer } from './tax-server.testing.ts'
import { taxConformance, WORLD } from './tax-conformance.testing.ts'

let server: TaxServer
const time = { at: 0 }
const clock = { now: () => time.at }
before(async () => {
  server = await TaxServer.start((question) => ownAnswer(WORLD.zones, WORLD.rates, question))
})
after(() => server?.[Symbol.asyncDispose]())

taxConformance('the shop’s own table', () => ({
  rates: async (question) => accept(ownAnswer(WORLD.zones, WORLD.rates, question)),
}))
taxConformance('a server that speaks the protocol', () => httpTaxes({ url: server.url, clock }))

const QUESTION = {
  destination: { country: 'DE', postalCode: '10115' },
  categories: ['standard'],
  at: 0,
}

suite('a provider over HTTP', () => {
  const open = () => httpTaxes({ url: server.url, clock, timeoutMs: 150, restMs: 60 })

  /** Whether it was answered, and how often the server was asked. */
  async function check(times: number, provider = open()): Promise<[string, number]> {
    const asked = server.asked
    const codes = new Set<string>()
    for (let time = 0; time < times; time += 1) {
      const outcome = await provider.rates(QUESTION)
      codes.add(outcome.ok ? 'answered' : outcome.refusal.code)
    }
    return [[...codes].join(), server.asked - asked]
  }

  test('is asked once a minute for the same thing', async () => {
    const provider = open()
    assert.deepEqual(await check(3, provider), ['answered', 1])
    time.at += 60_000
    assert.deepEqual(await check(2, provider), ['answered', 1])
    time.at = 0
    assert.deepEqual(await check(1, provider), ['answered', 1], 'a clock that was set back')
  })

  test('that says nothing in time is down, and is left alone after five failures', async () => {
    server.behave = 'silent'
    const provider = open()
    assert.deepEqual(await check(8, provider), ['pricing.tax-provider-down', 5])
    server.behave = 'well'
    await new Promise((resolve) => setTimeout(resolve, 80))
    assert.deepEqual(await check(1, provider), ['answered', 1])
  })

  for (const behave of [
    'broken',
    'no-json',
    'nothing',
    'too-much',
    'redirecting',
    'negative',
    'above-all',
    'fraction',
    'nameless',
    'control',
    'zoneless',
  ] as const) {
    test(`whose answer is ${behave} is down, and nothing is thrown`, async () => {
      server.behave = behave
      assert.deepEqual(await check(1), ['pricing.tax-provider-down', 1])
      server.behave = 'well'
    })
  }

  test('that tells more than it was asked is not believed in that', async () => {
    server.behave = 'talkative'
    const outcome = await open().rates(QUESTION)
    assert(outcome.ok)
    assert.deepEqual(Object.keys(outcome.value.rates), ['standard'])
    server.behave = 'well'
  })

  test('that is not there is down', async () => {
    const provider = httpTaxes({ url: 'http://127.0.0.1:9', clock })
    assert.equal((await provider.rates(QUESTION)).ok, false)
  })

  test('is told where the goods go and what they are, and nothing else', async () => {
    await check(1)
    assert.deepEqual(server.last, {
      destination: { country: 'DE', postalCode: '10115' },
      categories: ['standard'],
      at: '1970-01-01T00:00:00.000Z',
    })
  })
})
