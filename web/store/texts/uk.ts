import type { Texts } from './index.ts'
import { browse } from './uk/browse.ts'
import { cart } from './uk/cart.ts'
import { checkout } from './uk/checkout.ts'
import { faults } from './uk/faults.ts'
import { home } from './uk/home.ts'
import { languages } from './uk/languages.ts'
import { orders } from './uk/orders.ts'
import { productPage } from './uk/product-page.ts'
import { product } from './uk/product.ts'
import { search } from './uk/search.ts'
import { shell } from './uk/shell.ts'
import { writing } from './uk/writing.ts'

export const uk: Texts = {
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
