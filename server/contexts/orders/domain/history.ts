import type { Id } from '#platform/ids'

import type { CancelReason, OrderEvent } from '../contract.ts'

/** Whoever brought something about, as far as the order's own people need to know. */
export type Doer = 'buyer' | 'staff' | 'system'

type Words = Readonly<Record<'en' | 'ru' | 'uk', string>>

const CANCELLED: Readonly<Record<CancelReason, Words>> = {
  buyer: {
    en: 'The buyer cancelled the order.',
    ru: 'Покупатель отменил заказ.',
    uk: 'Покупець скасував замовлення.',
  },
  staff: {
    en: 'The shop cancelled the order.',
    ru: 'Магазин отменил заказ.',
    uk: 'Магазин скасував замовлення.',
  },
  'not-paid-in-time': {
    en: 'The order was not paid in time and was cancelled.',
    ru: 'Заказ не оплачен вовремя и отменён.',
    uk: 'Замовлення не оплачено вчасно, його скасовано.',
  },
  'sold-out': {
    en: 'The goods were gone before the payment came; the order was cancelled.',
    ru: 'Товар закончился раньше, чем пришла оплата; заказ отменён.',
    uk: 'Товар закінчився раніше, ніж надійшла оплата; замовлення скасовано.',
  },
}

const HAPPENED: Readonly<Record<Exclude<OrderEvent['type'], 'order.cancelled'>, Words>> = {
  'order.created': {
    en: 'The order was placed.',
    ru: 'Заказ оформлен.',
    uk: 'Замовлення оформлено.',
  },
  'order.reserved': {
    en: 'The goods were set aside until the payment is due.',
    ru: 'Товар отложен до срока оплаты.',
    uk: 'Товар відкладено до терміну оплати.',
  },
  'order.confirmed': {
    en: 'The order was paid and is confirmed.',
    ru: 'Заказ оплачен и подтверждён.',
    uk: 'Замовлення оплачено й підтверджено.',
  },
  'order.fulfilled': {
    en: 'The goods were handed over.',
    ru: 'Товар передан.',
    uk: 'Товар передано.',
  },
  'order.reinstated': {
    en: 'The payment came late; the goods were set aside once more.',
    ru: 'Оплата пришла с опозданием; товар отложен снова.',
    uk: 'Оплата надійшла із запізненням; товар відкладено знову.',
  },
  'order.payment-replaced': {
    en: 'Another payment was begun.',
    ru: 'Начата другая оплата.',
    uk: 'Розпочато іншу оплату.',
  },
}

/** What happened, as a sentence; English where a language is not known. */
export function inWords(event: OrderEvent, language: string): string {
  const words = event.type === 'order.cancelled' ? CANCELLED[event.reason] : HAPPENED[event.type]
  return language === 'uk' || language === 'ru' ? words[language] : words.en
}

/**
 * Who did it, from the event and the caller of its commit. Whoever shows the order's token acts for
 * the buyer, signed in or not; what timers, jobs and subscriptions do is done by the system.
 */
export function doerOf(event: OrderEvent, caller: string): Doer {
  const isPerson = userOf(caller) !== null || caller.startsWith('guest/')
  if (event.type === 'order.cancelled') {
    return event.reason === 'buyer' || event.reason === 'staff' ? event.reason : 'system'
  }
  if (!isPerson) return 'system'
  return event.type === 'order.fulfilled' ? 'staff' : 'buyer'
}

/** The user of a caller; null for guests and machines. */
export function userOf(caller: string): Id | null {
  return /^user\/(.+)$/.exec(caller)?.[1] ?? null
}
