/** How each step of a cart's life and of what happens in a warehouse comes about. */
import { A, eventually, good } from '../journeys/journey.ts'
import type { Scene, Side } from './side.ts'

type Scenes = Readonly<Record<string, (side: Side) => Promise<Scene>>>

const I = '/inventory'

export const CART: Scenes = {
  created: async (side) => ({
    send: side.sending(side.guest, 'POST', '/carts', undefined, { status: 201 }),
    ids: [],
  }),
  async 'line-set'(side) {
    const id = await side.journey.aCart(undefined, 1, { in: side.name })
    const body = { sku: await side.aSku(), quantity: 1 }
    const send = side.sending(side.guest, 'POST', `/carts/${id}/items`, body, { status: 201 })
    return { send, ids: [id] }
  },
  async 'line-removed'(side) {
    const sku = await side.aSku()
    const id = await side.journey.aCart(sku, 1, { in: side.name })
    return { send: side.sending(side.guest, 'DELETE', `/carts/${id}/items/${sku}`), ids: [id] }
  },
  async claimed(side) {
    const user = await side.aUser()
    const id = await side.journey.aCart(await side.aSku(), 1, { in: side.name })
    return { send: side.sending(user.client, 'POST', `/carts/${id}/claim`), ids: [id] }
  },
  async merged(side) {
    const sku = await side.aSku(5)
    const user = await side.aUser()
    await side.journey.aCart(sku, 1, user.ask)
    const id = await side.journey.aCart(sku, 2, { in: side.name })
    return { send: side.sending(user.client, 'POST', `/carts/${id}/claim`), ids: [id] }
  },
  /** Made by way of another process, so that the one with the timers reads it anew. */
  async expired(side) {
    const id = await side.elsewhere.aCart(await side.aSku(), 1, { in: side.name })
    await side.shop.query(
      `update platform.events set at = at - interval '25 hours'
       where tenant_id = $1 and stream = $2`,
      [side.tenant, `cart/${id}`],
    )
    return { alone: () => side.hurry([id], 'cart.expire'), ids: [id] }
  },
}

async function aTransfer(side: Side): Promise<{ id: string; sku: string }> {
  const sku = await side.aSku(5)
  const [from, to] = side.warehouses
  const body = { from, to, lines: [{ sku, quantity: 2 }] }
  const { id } = good(await side.journey.post(`${A}${I}/transfers`, body, side.asStaff), 201)
  return { id, sku }
}

export const TRANSFER: Scenes = {
  async sent(side) {
    const [from, to] = side.warehouses
    const body = { from, to, lines: [{ sku: await side.aSku(5), quantity: 2 }] }
    return {
      send: side.sending(side.staff, 'POST', `${I}/transfers`, body, { status: 201 }),
      ids: [],
    }
  },
  async received(side) {
    const { id } = await aTransfer(side)
    const path = `${I}/transfers/${id}/receipts`
    return { send: side.sending(side.staff, 'POST', path, {}, { status: 201 }), ids: [id] }
  },
  async cancelled(side) {
    const { id } = await aTransfer(side)
    const body = { reason: 'not needed there' }
    return {
      send: side.sending(side.staff, 'POST', `${I}/transfers/${id}/cancel`, body),
      ids: [id],
    }
  },
}

/** A warehouse is counted by one at a time. */
async function aTake(side: Side): Promise<string> {
  await noTake(side)
  const body = { warehouse: side.warehouses[0] }
  return good(await side.journey.post(`${A}${I}/stock-takes`, body, side.asStaff), 201).id
}

async function noTake(side: Side): Promise<void> {
  const list = await side.journey.get(`${A}${I}/stock-takes?limit=5`, side.asStaff)
  for (const { id, status } of good(list).items) {
    const path = `${A}${I}/stock-takes/${id}/abandon`
    if (status === 'open') good(await side.journey.post(path, undefined, side.asStaff))
  }
}

export const TAKE: Scenes = {
  async opened(side) {
    await noTake(side)
    const body = { warehouse: side.warehouses[0] }
    return {
      send: side.sending(side.staff, 'POST', `${I}/stock-takes`, body, { status: 201 }),
      ids: [],
    }
  },
  async counted(side) {
    const id = await aTake(side)
    const path = `${I}/stock-takes/${id}/lines/${await side.aSku(3)}`
    return { send: side.sending(side.staff, 'PUT', path, { quantity: 2 }), ids: [id] }
  },
  async closed(side) {
    const id = await aTake(side)
    const path = `${A}${I}/stock-takes/${id}/lines/${await side.aSku(3)}`
    good(await side.journey.call('PUT', path, { ...side.asStaff, body: { quantity: 2 } }))
    return { send: side.sending(side.staff, 'POST', `${I}/stock-takes/${id}/close`), ids: [id] }
  },
  async abandoned(side) {
    const id = await aTake(side)
    return { send: side.sending(side.staff, 'POST', `${I}/stock-takes/${id}/abandon`), ids: [id] }
  },
}

const receipt = (side: Side, sku: string, quantity: number) => ({
  sku,
  quantity,
  warehouse: side.warehouses[0],
  supplierRef: 'D-17',
})

/** A product of which so many units were sold before they were there. */
async function owing(side: Side, quantity: number) {
  const product = await side.aProduct(0)
  const path = `${A}${I}/stock/${product.sku}/backorder`
  good(await side.journey.call('PUT', path, { ...side.asStaff, body: { limit: 5 } }))
  const order = await side.journey.aPaidOrder(product.sku, quantity, { in: side.name })
  return { ...product, order }
}

/** Sees a SKU until the alert about it is as it should be. */
async function alerted(side: Side, sku: string, isLow: boolean): Promise<void> {
  await eventually(
    () =>
      side.shop.query<{ type: string }>(
        `select type from platform.events where tenant_id = $1 and stream = $2
         order by version desc limit 1`,
        [side.tenant, `stock-alert/${sku}`],
      ),
    ([last]) => (last?.type === 'inventory.low-stock') === isLow,
  )
}

const correct = (side: Side, id: string, delta: number) =>
  side.journey.patch(`${A}/products/${id}/stock`, { delta, reason: 'found' }, side.asStaff)

export const STOCK: Scenes = {
  async received(side) {
    const sku = await side.aSku()
    const body = receipt(side, sku, 2)
    const send = side.sending(side.staff, 'POST', `${I}/receipts`, body, { status: 201 })
    return { send, ids: [], stream: `stock/${sku}` }
  },
  async 'received-and-filled'(side) {
    const { sku } = await owing(side, 2)
    const body = receipt(side, sku, 3)
    const send = side.sending(side.staff, 'POST', `${I}/receipts`, body, { status: 201 })
    return { send, ids: [], stream: `stock/${sku}` }
  },
  async counted(side) {
    const { id, sku } = await side.aProduct(0)
    const body = { quantity: 4, reason: 'count' }
    const send = side.sending(side.staff, 'PATCH', `/products/${id}/stock`, body)
    return { send, ids: [], stream: `stock/${sku}` }
  },
  async corrected(side) {
    const { id, sku } = await side.aProduct(1)
    const body = { delta: 2, reason: 'found' }
    const send = side.sending(side.staff, 'PATCH', `/products/${id}/stock`, body)
    return { send, ids: [], stream: `stock/${sku}` }
  },
  async 'backorder-set'(side) {
    const sku = await side.aSku()
    const send = side.sending(
      side.staff,
      'PUT',
      `${I}/stock/${sku}/backorder`,
      { limit: 3 },
      { isSetting: true },
    )
    return { send, ids: [], stream: `stock/${sku}` }
  },
  async 'threshold-set'(side) {
    const sku = await side.aSku()
    const send = side.sending(
      side.staff,
      'PUT',
      `${I}/stock/${sku}/threshold`,
      { lowStock: 2 },
      { isSetting: true },
    )
    return { send, ids: [], stream: `stock/${sku}` }
  },
  async filled(side) {
    const { id, sku } = await owing(side, 2)
    return { alone: () => correct(side, id, 3), ids: [], stream: `stock/${sku}` }
  },
  /** Units came for a sale that comes to nothing. */
  async returned(side) {
    const { sku, order } = await owing(side, 2)
    const came = await side.journey.post(`${A}${I}/receipts`, receipt(side, sku, 2), side.asStaff)
    good(came, 201)
    const cancel = `${A}/orders/${order.id}/cancel`
    return {
      alone: () => side.journey.post(cancel, undefined, side.asStaff),
      ids: [],
      stream: `stock/${sku}`,
    }
  },
  async low(side) {
    const { id, sku } = await side.aProduct(9)
    return { alone: () => correct(side, id, -8), ids: [], stream: `stock-alert/${sku}` }
  },
  async recovered(side) {
    const { id, sku } = await side.aProduct(1)
    await alerted(side, sku, true)
    return { alone: () => correct(side, id, 8), ids: [], stream: `stock-alert/${sku}` }
  },
}
