import type { cart as english } from '../../texts/en/cart.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const cartTextsOf = await openPart<{ readonly cart: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/cart.ts'),
    uk: () => import('../../texts/uk/cart.ts'),
    ru: () => import('../../texts/ru/cart.ts'),
  },
  (said) => said.cart,
)

export function useCartTexts(): typeof english {
  return cartTextsOf(useHere().language)
}
