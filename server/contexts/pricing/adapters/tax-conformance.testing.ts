/** What being a tax provider means, whoever it is (decision 0022). */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import type { TaxProvider, TaxRate, TaxZone } from '../provider.ts'

const CHANGE = '2027-01-01T00:00:00.000Z'
const NEW_YEAR = Date.parse(CHANGE)

const rate = (code: string, rest: Partial<TaxRate>): TaxRate => ({
  kind: 'rate',
  code,
  name: code,
  zone: 'de',
  category: 'standard',
  partsPerMillion: 190_000,
  from: null,
  until: null,
  ...rest,
})

/** The world every provider is asked about. */
export const WORLD: {
  readonly zones: readonly TaxZone[]
  readonly rates: readonly TaxRate[]
} = {
  zones: [
    {
      kind: 'zone',
      code: 'de',
      name: 'Germany',
      places: [{ country: 'DE', postalPrefixes: [] }],
    },
    {
      kind: 'zone',
      code: 'island',
      name: 'Heligoland',
      places: [{ country: 'DE', postalPrefixes: ['27498'] }],
    },
  ],
  rates: [
    rate('VAT 19 %', {}),
    rate('VAT 20 %', { from: CHANGE, partsPerMillion: 200_000 }),
    rate('VAT 7 %', { category: 'reduced', partsPerMillion: 70_000 }),
    rate('none', { category: 'stamps', partsPerMillion: 0 }),
  ],
}

export function taxConformance(name: string, open: () => TaxProvider): void {
  async function check(
    country: string,
    postalCode: string | null,
    categories: readonly string[],
    at = NEW_YEAR - 1,
  ) {
    const outcome = await open().rates({ destination: { country, postalCode }, categories, at })
    assert(outcome.ok)
    return outcome.value
  }

  suite(`${name} is a tax provider`, () => {
    test('it tells the rate of every category that is taxed there, and of no other', async () => {
      assert.deepEqual(await check('DE', '10115', ['standard', 'reduced', 'stamps', 'food']), {
        zone: 'de',
        rates: {
          standard: { name: 'VAT 19 %', partsPerMillion: 190_000 },
          reduced: { name: 'VAT 7 %', partsPerMillion: 70_000 },
          stamps: { name: 'none', partsPerMillion: 0 },
        },
      })
    })

    test('it tells the rate of the day that is asked about', async () => {
      const { rates } = await check('DE', null, ['standard'], NEW_YEAR)
      assert.deepEqual(rates, { standard: { name: 'VAT 20 %', partsPerMillion: 200_000 } })
    })

    test('it knows parts of a country by their postal codes', async () => {
      assert.deepEqual(await check('DE', '27498', ['standard']), { zone: 'island', rates: {} })
    })

    test('where nothing is taxed it knows no zone', async () => {
      assert.deepEqual(await check('FR', '75001', ['standard']), { zone: null, rates: {} })
    })

    test('it is asked about no category without a complaint, and about strange ones', async () => {
      assert.deepEqual((await check('DE', null, [])).rates, {})
      assert.deepEqual((await check('DE', null, ['constructor', '__proto__'])).rates, {})
    })
  })
}
