import type { wishlist as english } from '../../texts/en/wishlist.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const wishlistTextsOf = await openPart<
  { readonly wishlist: typeof english },
  typeof english
>(
  {
    en: () => import('../../texts/en/wishlist.ts'),
    uk: () => import('../../texts/uk/wishlist.ts'),
    ru: () => import('../../texts/ru/wishlist.ts'),
  },
  (said) => said.wishlist,
)

export function useWishlistTexts(): typeof english {
  return wishlistTextsOf(useHere().language)
}
