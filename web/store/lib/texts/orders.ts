import type { orders as english } from '../../texts/en/orders.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const ordersTextsOf = await openPart<{ readonly orders: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/orders.ts'),
    uk: () => import('../../texts/uk/orders.ts'),
    ru: () => import('../../texts/ru/orders.ts'),
  },
  (said) => said.orders,
)

export function useOrdersTexts(): typeof english {
  return ordersTextsOf(useHere().language)
}
