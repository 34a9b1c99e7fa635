import type { Platform } from '#platform/context'
import { pageOf, placeOf } from '#platform/keyset'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Orders } from '#context/orders'

import type { PaymentQueries, PaymentRefusal } from '../contract.ts'
import { payments, present } from '../domain/payment.ts'
import { publicProvider, waysToPay } from '../domain/ways-to-pay.ts'
import { paymentsOf } from '../store/summaries.ts'
import { moneyOf } from './money-of.ts'

export function paymentQueries(
  platform: Pick<Platform, 'reads'>,
  orders: Orders,
  provider: Parameters<typeof waysToPay>[0] & { readonly name: string },
): PaymentQueries {
  const { reads } = platform
  const maySeeOrder: PaymentQueries['maySeeOrder'] = async (tenant, orderId, asker) =>
    orders.maySee(tenant, orderId, await orders.see(tenant, orderId), asker)

  return {
    maySeeOrder,
    provider: (language) => publicProvider(provider.name, language),
    ways: (language) => waysToPay(provider, language),
    moneyOf: moneyOf(platform, orders),

    async view(tenant, paymentId, asker) {
      const { state } = await see(reads, tenant, stream(payments, paymentId))
      const unknown: PaymentRefusal = { code: 'payments.unknown', paymentId }
      if (state.status === 'none') return refuse(unknown)
      if (!(await maySeeOrder(tenant, state.orderId, asker))) return refuse(unknown)
      return accept(present(paymentId, state))
    },

    async list(tenant, of, { limit, after }) {
      const rows = await paymentsOf(reads, tenant, of, placeOf(after), limit + 1)
      const page = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.payment_id }))
      const items = await Promise.all(
        page.items.map(async ({ payment_id: id }) => {
          const { state } = await see(reads, tenant, stream(payments, id))
          return present(id, state)
        }),
      )
      return { items, next: page.next }
    },
  }
}
