import assert from 'node:assert/strict'
import { test } from 'node:test'

import { originsOf } from './origins.ts'

const production = { publicUrl: 'https://torg.test', production: true }
const development = { publicUrl: undefined, production: false }

test('buyers and providers reach a shop by its name, over the protocol of the deployment', () => {
  assert.deepEqual(originsOf('demo.localhost:3000', development), {
    buyers: 'http://demo.localhost:3000',
    providers: 'http://demo.localhost:3000',
  })
  assert.deepEqual(originsOf('shop.test', production), {
    buyers: 'https://shop.test',
    providers: 'https://shop.test',
  })
})

test('in production no provider is sent to a bare address', () => {
  for (const host of ['10.0.0.5', '10.0.0.5:8080', '[::1]:3000', '[fd00::1]', '', undefined]) {
    assert.equal(originsOf(host, production).providers, undefined)
  }
  assert.equal(originsOf('127.0.0.1:3000', development).providers, 'http://127.0.0.1:3000')
  assert.equal(originsOf('[::1]:3000', development).providers, 'http://[::1]:3000')
})
