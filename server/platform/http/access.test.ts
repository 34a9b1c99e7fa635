import assert from 'node:assert/strict'
import { test } from 'node:test'

import { admission, blinkers, faultOfAccess } from './access.ts'
import type { Access, Actor, Role, Route } from './route.ts'

const guest: Actor = { kind: 'guest' }
const user = (...roles: Role[]): Actor => ({ kind: 'user', id: 'one', roles })

test('only who is named may call', () => {
  const may = (who: Access['who'], actor: Actor) => admission({ who, whose: 'public' })(actor)
  assert.equal(may('anyone', guest), undefined)
  assert.equal(may('signed-in', guest), 'auth.required')
  assert.equal(may('signed-in', user()), undefined)
  assert.equal(may(['staff'], guest), 'auth.required')
  assert.equal(may(['staff'], user('shopper', 'admin')), 'auth.forbidden')
  assert.equal(may(['staff', 'admin'], user('shopper', 'admin')), undefined)
})

test('a handler is told of the roles that the declaration names, and of no other', () => {
  const rolesIn = (access: Access, actor: Actor) => {
    const seen = blinkers(access)(actor)
    return seen.kind === 'user' ? seen.roles : undefined
  }
  const all = user('shopper', 'staff', 'admin')
  assert.deepEqual(rolesIn({ who: 'signed-in', whose: 'own' }, all), [])
  assert.deepEqual(rolesIn({ who: 'signed-in', whose: 'own', besides: ['staff'] }, all), ['staff'])
  assert.deepEqual(rolesIn({ who: ['admin'], whose: 'shop' }, all), ['admin'])
  assert.equal(rolesIn({ who: 'anyone', whose: 'public' }, guest), undefined)
})

test('a declaration that contradicts itself or its route does not start', () => {
  const fault = (access: object, headers?: Record<string, string>) =>
    faultOfAccess({ access, headers } as unknown as Route)
  assert.match(fault({}) ?? '', /says nothing of who/)
  assert.match(fault({ who: 'anyone' }) ?? '', /says nothing of who/)
  assert.match(fault({ who: [], whose: 'shop' }) ?? '', /by nobody/)
  assert.match(fault({ who: 'signed-in', whose: 'shop' }) ?? '', /no role in particular/)
  assert.match(fault({ who: 'anyone', whose: 'own' }) ?? '', /without a name/)
  assert.match(fault({ who: 'anyone', whose: 'bearer' }) ?? '', /has to be shown/)
  assert.match(fault({ who: 'anyone', whose: 'public', by: 'id' }) ?? '', /has to be shown/)
  const both = { who: ['admin'], whose: 'shop', besides: ['staff'] }
  assert.match(fault(both) ?? '', /to all who may call/)
  const byToken = { who: 'anyone', whose: 'bearer', by: 'order-token' }
  assert.match(fault(byToken) ?? '', /does not document where/)
  assert.equal(fault(byToken, { 'X-Order-Token': 'the token' }), undefined)
})
