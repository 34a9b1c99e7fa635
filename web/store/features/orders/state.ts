import type { Order, Payment } from '../../lib/orders.ts'

/** What a buyer is told of an order: its own state and that of its payment in one word. */
export type Shown =
  | 'to-pay'
  | 'asking'
  | 'paying'
  | 'bank'
  | 'declined'
  | 'confirmed'
  | 'fulfilled'
  | 'cancelled'

export function shownOf(
  { status }: Pick<Order, 'status'>,
  payment: Pick<Payment, 'status'> | null,
  /** Where the bank wants the buyer: only who asks it is told. */
  url: string | undefined,
): Shown {
  if (status === 'cancelled' || status === 'confirmed' || status === 'fulfilled') return status
  switch (payment?.status) {
    case 'processing':
      return url === undefined ? 'paying' : 'bank'
    case 'succeeded':
      return 'paying'
    case 'declined':
    case 'cancelled':
      return 'declined'
    default:
      return 'to-pay'
  }
}

/** How soon to look again, in milliseconds; what waits for money moves fast, what is over never. */
export function pauseOf(shown: Shown, looks: number): number | null {
  switch (shown) {
    case 'paying':
    case 'bank':
      return Math.min(15_000, 1_000 * 1.4 ** looks)
    case 'to-pay':
    case 'declined':
      return 20_000
    case 'confirmed':
      return 30_000
    default:
      return null
  }
}
