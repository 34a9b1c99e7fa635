import type { Pricing, ShownPrice } from '../contract.ts'

/** How long a price that was shown to a buyer is kept (CRT-06, N-22). */
export const PROMISE_MS = 15 * 60 * 1000

export const promisedUntil: Pricing['promisedUntil'] = (pricedAt) => pricedAt + PROMISE_MS

export const charge: Pricing['charge'] = ({ unitPrice, pricedAt }, now, at) => {
  if (now.amount <= unitPrice.amount) return { unitPrice: now, isRaised: false }
  return at < promisedUntil(pricedAt)
    ? { unitPrice, isRaised: false }
    : { unitPrice: now, isRaised: true }
}

/** A promise cannot be drawn out by touching the line again and again: its end stays. */
export const reprice: Pricing['reprice'] = (shown, now, at): ShownPrice => {
  const isKept =
    shown !== undefined && now.amount > shown.unitPrice.amount && at < promisedUntil(shown.pricedAt)
  if (isKept) return { unitPrice: shown.unitPrice, pricedAt: shown.pricedAt }
  return { unitPrice: now, pricedAt: at }
}
