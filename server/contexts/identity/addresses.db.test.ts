import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import { serveIdentity } from './identity.testing.ts'

const served = await serveIdentity()
after(() => served[Symbol.asyncDispose]())
const { admin, call, registered } = served

const HOME = { name: 'Олена', line1: 'Хрещатик 1', city: 'Київ', country: 'UA', isUsual: false }
const WORK = { ...HOME, phone: '+380671234567', line1: 'Сумська 5', city: 'Харків' }

async function aBook() {
  const one = await registered()
  const token = one.pass['accessToken'] ?? ''
  return {
    ...one,
    list: async () => (await call('GET', '/me/addresses', { token })).json.items,
    keep: (body: object, key?: string, host?: string) =>
      call('POST', '/me/addresses', {
        token,
        body,
        ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
        ...(host === undefined ? {} : { host }),
      }),
    change: (id: string, body: object) => call('PUT', `/me/addresses/${id}`, { token, body }),
    remove: (id: string) => call('DELETE', `/me/addresses/${id}`, { token }),
  }
}

test('an address is kept, changed and removed', async () => {
  const { list, keep, change, remove } = await aBook()
  const { status, json } = await keep({ ...WORK, line2: 'кв. 7', postalCode: '61000' })
  assert.equal(status, 201)
  const { id, createdAt: _, ...said } = json
  assert.deepEqual(said, { ...WORK, line2: 'кв. 7', postalCode: '61000', isUsual: true })
  const changed = await change(id, HOME)
  assert.deepEqual(
    [changed.status, changed.json.line1, changed.json.phone, changed.json.line2],
    [200, HOME.line1, null, null],
  )
  assert.deepEqual(await list(), [changed.json])
  assert.equal((await remove(id)).status, 204)
  assert.deepEqual(await list(), [])
  assert.equal((await remove(id)).json.code, 'identity.address-unknown')
  assert.equal((await change(id, HOME)).json.code, 'identity.address-unknown')
})

test('the usual address comes first, and there is one at most (IDENTITY-7)', async () => {
  const { list, keep, change } = await aBook()
  const home = (await keep(HOME)).json.id
  const work = (await keep(WORK)).json.id
  const usual = async () =>
    (await list()).map(({ id, isUsual }: { id: string; isUsual: boolean }) => [id, isUsual])
  assert.deepEqual(await usual(), [
    [home, true],
    [work, false],
  ])
  await change(work, { ...WORK, isUsual: true })
  assert.deepEqual(await usual(), [
    [work, true],
    [home, false],
  ])
})

test('of thirty that are kept at once twenty are (IDENTITY-7)', async () => {
  const { list, keep } = await aBook()
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => keep({ ...HOME, isUsual: true })),
  )
  const codes = answers.map(({ status, json }) => (status === 201 ? 'kept' : json.code))
  assert.equal(codes.filter((code) => code === 'kept').length, 20)
  assert.equal(codes.filter((code) => code === 'identity.addresses-full').length, 10)
  const items: { isUsual: boolean }[] = await list()
  assert.equal(items.length, 20)
  assert.equal(items.filter(({ isUsual }) => isUsual).length, 1)
})

test('a repeat under the same key keeps nothing more', async () => {
  const { list, keep } = await aBook()
  const key = crypto.randomUUID()
  const first = await keep(HOME, key)
  const again = await keep(HOME, key)
  assert.deepEqual([again.status, again.json], [201, first.json])
  assert.equal((await list()).length, 1)
})

test('nobody reads, changes or removes what another keeps', async () => {
  const one = await aBook()
  const other = await aBook()
  const { id } = (await one.keep(HOME)).json
  assert.deepEqual(await other.list(), [])
  assert.equal((await other.change(id, WORK)).status, 404)
  assert.equal((await other.remove(id)).status, 404)
  assert.equal((await one.list())[0].line1, HOME.line1)
})

test('what is said of an address is in no event, and goes with the user', async () => {
  const one = await aBook()
  const { id } = (await one.keep({ ...HOME, line1: 'Nowhere else 17' })).json
  await one.change(id, { ...HOME, line1: 'Nowhere else 18' })
  const { rows: logged } = await admin.query<{ text: string }>(
    `select data::text as text from platform.events where data::text like '%Nowhere else%'`,
  )
  assert.deepEqual(logged, [])
  await admin.query('delete from identity.users where id = $1', [one.id])
  const { rows } = await admin.query('select 1 from identity.addresses where user_id = $1', [
    one.id,
  ])
  assert.deepEqual(rows, [])
})
