import type { productPage as english } from '../../texts/en/product-page.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const productPageTextsOf = await openPart<
  { readonly productPage: typeof english },
  typeof english
>(
  {
    en: () => import('../../texts/en/product-page.ts'),
    uk: () => import('../../texts/uk/product-page.ts'),
    ru: () => import('../../texts/ru/product-page.ts'),
  },
  (said) => said.productPage,
)

export function useProductPageTexts(): typeof english {
  return productPageTextsOf(useHere().language)
}
