import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { NEWEST } from '#platform/keyset'
import { balancesOf, movementsOf, type Movement } from '#platform/ledger/reads'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Orders } from '#context/orders'

import { owed, paid, PAID } from '../accounts.ts'
import type { MoneyEntry, OrderMoney, PaymentQueries } from '../contract.ts'
import { payments, present } from '../domain/payment.ts'
import { paymentsOf } from '../store/summaries.ts'

/** So many payments of an order, and movements of an account, are told. */
const MOST = 200

/** Adds up what the ledger has of an order: its debt, and each of its payments. */
export function moneyOf(
  { reads }: Pick<Platform, 'reads'>,
  orders: Orders,
): PaymentQueries['moneyOf'] {
  return async (tenant, orderId) => {
    const order = await orders.see(tenant, orderId)
    if (order.status === 'none') return refuse({ code: 'orders.unknown', orderId } as const)
    const { total, paymentId: last } = order
    const { currency } = total
    const listed = await paymentsOf(reads, tenant, { orderId }, NEWEST, MOST)
    // The read model may not have heard of the newest payment yet; the order has.
    const ids = [...new Set([last, ...listed.map((row) => row.payment_id)])].toReversed()

    const debt = owed(orderId, currency)
    const [owing, entries, ...found] = await Promise.all([
      balanceOf(reads, tenant, debt),
      entriesOf(reads, tenant, [debt, ...ids.map((id) => paid(id, currency))]),
      ...ids.map(async (id) => {
        const { state } = await see(reads, tenant, stream(payments, id))
        const { posted, held } = await balanceOf(reads, tenant, paid(id, currency))
        return { id, status: present(id, state).status, paid: posted, setAside: held }
      }),
    ])
    const sumOf = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)
    const money: OrderMoney = {
      orderId,
      currency,
      total: total.amount,
      owed: owing.posted,
      paid: sumOf(found.map((each) => each.paid)),
      setAside: sumOf(found.map(({ setAside }) => setAside)),
      refunded: sumOf(
        entries.filter(({ what }) => what === 'given-back').map(({ amount }) => amount),
      ),
      payments: found,
      entries,
    }
    return accept(money)
  }
}

async function balanceOf(
  reads: Platform['reads'],
  tenant: TenantId,
  { name, unit }: { name: string; unit: string },
): Promise<{ posted: number; held: number }> {
  const found = await balancesOf(reads, tenant, [unit], name)
  return found.find((each) => each.name === name) ?? { posted: 0, held: 0 }
}

/** In the order in which they happened; a payment of what is owed is one entry though it has two accounts. */
async function entriesOf(
  reads: Platform['reads'],
  tenant: TenantId,
  accounts: readonly { name: string; unit: string }[],
): Promise<readonly MoneyEntry[]> {
  const pages = await Promise.all(
    accounts.map((account) => movementsOf(reads, tenant, account, undefined, MOST)),
  )
  const byPosition = new Map(pages.flat().map((movement) => [movement.position, movement]))
  return [...byPosition.values()]
    .toSorted((a, b) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1))
    .map(entryOf)
}

function entryOf(movement: Movement): MoneyEntry {
  const { at, from, to, amount, cause } = movement
  const account = [from, to].find((name) => name.startsWith(PAID))
  const paymentId: Id | null = account === undefined ? null : account.slice(PAID.length)
  const what = whatOf(movement)
  return { at: new Date(at).toISOString(), what, from, to, amount, paymentId, cause }
}

function whatOf({ verb, from, to }: Movement): MoneyEntry['what'] {
  if (verb === 'hold') return 'set-aside'
  if (verb === 'release' || verb === 'lapse') return 'released'
  if (to.startsWith(PAID)) return 'paid'
  if (from.startsWith(PAID)) return 'given-back'
  return from === 'world/revenue' ? 'owed' : 'forgiven'
}
