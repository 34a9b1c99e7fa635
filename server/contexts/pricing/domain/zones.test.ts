import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TaxRate, TaxZone } from '../provider.ts'
import { ratesOf, zoneOf } from './zones.ts'

const zone = (code: string, country: string, ...postalPrefixes: string[]): TaxZone => ({
  kind: 'zone',
  code,
  name: code,
  places: [{ country, postalPrefixes }],
})
const ZONES = [
  zone('spain', 'ES'),
  zone('canaries', 'ES', '35', '38'),
  zone('one-street', 'ES', '35001'),
  zone('jersey', 'GB', 'JE'),
]

/** The same whatever order the zones are in. */
function check(country: string, postalCode: string | null): string | undefined {
  const code = zoneOf(ZONES, { country, postalCode })?.code
  assert.equal(zoneOf(ZONES.toReversed(), { country, postalCode })?.code, code)
  return code
}

test('the longest prefix of a postal code says the zone, else the whole country does', () => {
  assert.equal(check('ES', '28001'), 'spain')
  assert.equal(check('ES', '35 002'), 'canaries')
  assert.equal(check('ES', '35001'), 'one-street')
  assert.equal(check('ES', null), 'spain')
  assert.equal(check('GB', 'je2 3ab'), 'jersey')
  assert.equal(check('GB', 'SW1A 1AA'), undefined)
  assert.equal(check('FR', '35001'), undefined)
})

const rate = (code: string, rest: Partial<TaxRate> = {}): TaxRate => ({
  kind: 'rate',
  code,
  name: code,
  zone: 'z',
  category: 'standard',
  partsPerMillion: 200_000,
  from: null,
  until: null,
  ...rest,
})
const CHANGE = '2027-01-01T00:00:00.000Z'
const NEW_YEAR = Date.parse(CHANGE)

test('a new rate takes over at its instant, and an old one ends at its own', () => {
  const rates = [
    rate('old'),
    rate('new', { from: CHANGE, partsPerMillion: 210_000 }),
    rate('short', { category: 'books', until: CHANGE, partsPerMillion: 0 }),
    rate('elsewhere', { zone: 'y', category: 'books', partsPerMillion: 1 }),
  ]
  const of = (at: number) => ratesOf(rates, 'z', ['standard', 'books', 'food'], at)
  assert.deepEqual(of(NEW_YEAR - 1), {
    standard: { name: 'old', partsPerMillion: 200_000 },
    books: { name: 'short', partsPerMillion: 0 },
  })
  assert.deepEqual(of(NEW_YEAR), { standard: { name: 'new', partsPerMillion: 210_000 } })
})

test('of two rates that began together the lesser code counts, in whatever order they are', () => {
  const [a, b] = [rate('a', { partsPerMillion: 1 }), rate('b', { partsPerMillion: 2 })]
  for (const rates of [
    [a, b],
    [b, a],
  ]) {
    assert.equal(ratesOf(rates, 'z', ['standard'], 0)['standard']?.name, 'a')
  }
})
