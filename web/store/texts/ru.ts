import type { Texts } from './index.ts'
import { browse } from './ru/browse.ts'
import { cart } from './ru/cart.ts'
import { checkout } from './ru/checkout.ts'
import { faults } from './ru/faults.ts'
import { home } from './ru/home.ts'
import { languages } from './ru/languages.ts'
import { orders } from './ru/orders.ts'
import { productPage } from './ru/product-page.ts'
import { product } from './ru/product.ts'
import { search } from './ru/search.ts'
import { shell } from './ru/shell.ts'
import { writing } from './ru/writing.ts'

export const ru: Texts = {
  browse,
  cart,
  checkout,
  faults,
  home,
  languages,
  orders,
  product,
  productPage,
  search,
  shell,
  writing,
}
