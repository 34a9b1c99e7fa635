/** What the pages say, so that tests find things by the names that people find them by. */
import { account as accountEn } from '../../web/store/texts/en/account.ts'
import { browse as browseEn } from '../../web/store/texts/en/browse.ts'
import { cart as cartEn } from '../../web/store/texts/en/cart.ts'
import { checkout as checkoutEn } from '../../web/store/texts/en/checkout.ts'
import { faults as faultsEn } from '../../web/store/texts/en/faults.ts'
import { orders as ordersEn } from '../../web/store/texts/en/orders.ts'
import { productPage as productPageEn } from '../../web/store/texts/en/product-page.ts'
import { product as productEn } from '../../web/store/texts/en/product.ts'
import { returns as returnsEn } from '../../web/store/texts/en/returns.ts'
import { search as searchEn } from '../../web/store/texts/en/search.ts'
import { shell as shellEn } from '../../web/store/texts/en/shell.ts'
import { wishlist as wishlistEn } from '../../web/store/texts/en/wishlist.ts'
import { writing as writingEn } from '../../web/store/texts/en/writing.ts'
import { account as accountUk } from '../../web/store/texts/uk/account.ts'
import { browse as browseUk } from '../../web/store/texts/uk/browse.ts'
import { cart as cartUk } from '../../web/store/texts/uk/cart.ts'
import { checkout as checkoutUk } from '../../web/store/texts/uk/checkout.ts'
import { faults as faultsUk } from '../../web/store/texts/uk/faults.ts'
import { orders as ordersUk } from '../../web/store/texts/uk/orders.ts'
import { productPage as productPageUk } from '../../web/store/texts/uk/product-page.ts'
import { product as productUk } from '../../web/store/texts/uk/product.ts'
import { returns as returnsUk } from '../../web/store/texts/uk/returns.ts'
import { search as searchUk } from '../../web/store/texts/uk/search.ts'
import { shell as shellUk } from '../../web/store/texts/uk/shell.ts'
import { wishlist as wishlistUk } from '../../web/store/texts/uk/wishlist.ts'
import { writing as writingUk } from '../../web/store/texts/uk/writing.ts'

const en = {
  account: accountEn,
  browse: browseEn,
  cart: cartEn,
  checkout: checkoutEn,
  faults: faultsEn,
  orders: ordersEn,
  product: productEn,
  productPage: productPageEn,
  returns: returnsEn,
  search: searchEn,
  shell: shellEn,
  wishlist: wishlistEn,
  writing: writingEn,
}

export type Words = typeof en

const uk: Words = {
  account: accountUk,
  browse: browseUk,
  cart: cartUk,
  checkout: checkoutUk,
  faults: faultsUk,
  orders: ordersUk,
  product: productUk,
  productPage: productPageUk,
  returns: returnsUk,
  search: searchUk,
  shell: shellUk,
  wishlist: wishlistUk,
  writing: writingUk,
}

export type Language = 'en' | 'uk'

export const WORDS: Readonly<Record<Language, Words>> = { en, uk }

/** A text whose amounts and numbers may be any: `Order and pay 1,299 ₴`. */
export function anyOf(text: (said: never) => string): RegExp {
  const escaped = (text as (said: string) => string)('\u0000')
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('\u0000', '.+')
  return new RegExp(escaped)
}
