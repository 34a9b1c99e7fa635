import type { Platform } from '#platform/context'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Orders } from '#context/orders'

import type { PaymentQueries, PaymentRefusal } from '../contract.ts'
import { payments, present } from '../domain/payment.ts'
import { paymentsOf } from '../store/summaries.ts'

export function paymentQueries({ reads }: Pick<Platform, 'reads'>, orders: Orders): PaymentQueries {
  const maySeeOrder: PaymentQueries['maySeeOrder'] = async (tenant, orderId, asker) =>
    orders.maySee(tenant, orderId, await orders.see(tenant, orderId), asker)

  return {
    maySeeOrder,

    async view(tenant, paymentId, asker) {
      const { state } = await see(reads, tenant, stream(payments, paymentId))
      const unknown: PaymentRefusal = { code: 'payments.unknown', paymentId }
      if (state.status === 'none') return refuse(unknown)
      if (!(await maySeeOrder(tenant, state.orderId, asker))) return refuse(unknown)
      return accept(present(paymentId, state))
    },

    async list(tenant, of, { limit, after }) {
      const places = await paymentsOf(reads, tenant, of, parseCursor(after), limit + 1)
      const page = places.slice(0, limit)
      const last = page.at(-1)
      const items = await Promise.all(
        page.map(async ({ payment_id: id }) => {
          const { state } = await see(reads, tenant, stream(payments, id))
          return present(id, state)
        }),
      )
      const next =
        places.length > limit && last !== undefined
          ? `${last.created_at.getTime()}.${last.payment_id}`
          : null
      return { items, next }
    },
  }
}

function parseCursor(after: string | undefined): { at: number; paymentId: string } | undefined {
  const [, at, paymentId] = /^(\d{1,13})\.([0-9a-f-]{36})$/.exec(after ?? '') ?? []
  return at === undefined || paymentId === undefined ? undefined : { at: Number(at), paymentId }
}
