import assert from 'node:assert/strict'
import { test } from 'node:test'

import { randomIds } from '#platform/ids'

import { holderOf } from './holder.ts'

test('holders are told apart by eight digits, which are not the key of a cart', () => {
  const id = '01a2053c-4996-73c6-b3d0-55e8c40b7b83'
  assert.equal(holderOf(`${id}/BALL`), '3c49963c')
  const shown = Array.from({ length: 40 }, () => holderOf(`${randomIds.next()}/BALL`))
  // All are of the same milliseconds, where 256 are to be had of each.
  assert(new Set(shown).size > 30)
})
