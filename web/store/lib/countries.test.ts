import assert from 'node:assert/strict'
import { test } from 'node:test'

import { countriesIn, countryOf } from './countries.ts'

test('a shop’s own country is that of its clocks, by whichever name the zone goes', () => {
  assert.equal(countryOf('Europe/Kyiv'), 'UA')
  assert.equal(countryOf('Europe/Kiev'), 'UA')
  assert.equal(countryOf('Europe/Vilnius'), 'LT')
  assert.equal(countryOf('Antarctica/Troll'), '')
})

test('countries stand in the alphabet of the language', () => {
  const names = countriesIn('uk').map(({ name }) => name)
  assert.equal(names[0], 'Австрія')
  assert.ok(names.indexOf('Естонія') < names.indexOf('Україна'))
})
