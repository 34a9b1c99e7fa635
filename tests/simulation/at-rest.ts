/** What must hold when every client has gone, nothing goes wrong any more and nothing is left to do. */
import { keyed } from '../../server/platform/write/settle.ts'
import type { SeenOrder, SeenPayment } from './model.ts'
import type { World } from './world.ts'

export function atRest(world: World): string[] {
  const { orders, payments } = world.invariants.model
  return [
    ...leftOver(world),
    ...[...orders.values()].flatMap((order) => ofOrder(world, order)),
    ...[...payments.values()].flatMap((payment) => ofPayment(world, payment)),
    ...soldUnits(world),
    ...readModels(world),
  ]
}

function leftOver({ store }: World): string[] {
  const wrong: string[] = []
  for (const { timer } of store.timers.values()) wrong.push(`timer ${timer.set} is left`)
  for (const id of store.holds.keys()) wrong.push(`hold ${id.replace('\0', ' ')} is left`)
  for (const { source, reason } of store.deadLetters) {
    wrong.push(`a dead letter of ${source}: ${reason.slice(0, 300)}`)
  }
  return wrong
}

function ofOrder(
  world: World,
  { id, tenant, status, paymentId, paymentIds, total }: SeenOrder,
): string[] {
  const { payments } = world.invariants.model
  const wrong: string[] = []
  const isSold = status === 'confirmed' || status === 'fulfilled'
  if (!isSold && status !== 'cancelled') wrong.push(`order ${id} ended as ${status}`)
  const paid = paymentIds.map((each) => payments.get(each))
  for (const each of paid) {
    if (each === undefined || each.transactionId === undefined) {
      if (isSold && each?.id === paymentId)
        wrong.push(`order ${id} is sold and its payment not taken`)
      continue
    }
    const [, owed] = [
      each.amount,
      world.shadow.posted.get(keyed(tenant, each.currency, `owed/${id}`)) ?? 0,
    ]
    if (owed !== 0) wrong.push(`${owed} is still owed for order ${id}, which is ${status}`)
    const kept = each.amount - backOf(each)
    const isTheOne = isSold && each.id === paymentId
    if (!isTheOne && kept !== 0)
      wrong.push(`${kept} is kept of payment ${each.id} of an order that is ${status}`)
    if (isTheOne && each.amount !== total)
      wrong.push(`order ${id} costs ${total} and ${each.amount} was taken`)
  }
  return wrong
}

function backOf({ refunds }: SeenPayment): number {
  let back = 0
  for (const { state, amount } of refunds.values()) if (state === 'done') back += amount
  return back
}

/** The provider's list is ours, both ways (I6), and so are the books. */
function ofPayment(world: World, payment: SeenPayment): string[] {
  const { id, status, transactionId, refunds, tenant, currency } = payment
  const wrong: string[] = []
  if (status === 'processing') wrong.push(`payment ${id} is processing for ever`)
  for (const [refundId, { state }] of refunds) {
    if (state === 'under way') wrong.push(`refund ${refundId} is under way for ever`)
  }
  const listed = world.provider.book.list({ reference: id, limit: 10 })
  const charges = 'value' in listed ? listed.value.items : []
  const taken = charges.filter((charge) => charge.status === 'succeeded')
  if (taken.length !== (transactionId === undefined ? 0 : 1)) {
    wrong.push(`payment ${id} is ${status}, the provider took ${taken.length} charges`)
  }
  const captured = taken.reduce((sum, charge) => sum + charge.amount, 0)
  const given = taken.reduce((sum, charge) => sum + charge.amountRefunded, 0)
  const back = backOf(payment)
  if (given !== back)
    wrong.push(`${back} of payment ${id} is booked as given back, the provider gave ${given}`)
  const booked = world.shadow.posted.get(keyed(tenant, currency, `paid/${id}`)) ?? 0
  if (booked !== captured - given) {
    wrong.push(`payment ${id} is booked with ${booked}, the provider has ${captured - given}`)
  }
  return wrong
}

/** What left the shelves for good is what orders sold (I1, I8). */
function soldUnits({ shadow, invariants }: World): string[] {
  const sold = new Map<string, number>()
  for (const { tenant, status, lines } of invariants.model.orders.values()) {
    if (status !== 'confirmed' && status !== 'fulfilled') continue
    for (const { sku, quantity } of lines.flatMap(({ parts }) => [...parts.values()])) {
      const key = keyed(tenant, sku, 'world/sold')
      sold.set(key, (sold.get(key) ?? 0) + quantity)
    }
  }
  const names = [...shadow.posted.keys()].filter((key) => key.endsWith('\0world/sold'))
  return [...new Set([...names, ...sold.keys()])].flatMap((key) => {
    const [ours = 0, booked = 0] = [sold.get(key), shadow.posted.get(key)]
    return ours === booked
      ? []
      : [`${key.replaceAll('\0', ' ')}: ${booked} booked, orders say ${ours}`]
  })
}

/** Lists show what the streams say (I12). */
function readModels({ store, invariants: { model } }: World): string[] {
  const wrong: string[] = []
  const shown = new Map<string, unknown>()
  for (const table of ['orders.summaries', 'orders.archived_summaries']) {
    for (const row of store.tables.rows(table)) shown.set(String(row['order_id']), row['status'])
  }
  for (const { id, status } of model.orders.values()) {
    if (shown.get(id) !== status)
      wrong.push(`order ${id} is ${status}, lists say ${String(shown.get(id))}`)
  }
  if (shown.size !== model.orders.size)
    wrong.push(`lists have ${shown.size} orders of ${model.orders.size}`)
  const paid = new Map(
    store.tables
      .rows('payments.summaries')
      .map((row) => [String(row['payment_id']), row['status']]),
  )
  for (const { id, status } of model.payments.values()) {
    if (paid.get(id) !== status)
      wrong.push(`payment ${id} is ${status}, lists say ${String(paid.get(id))}`)
  }
  return wrong
}
