import { browse } from './en/browse.ts'
import { cart } from './en/cart.ts'
import { checkout } from './en/checkout.ts'
import { faults } from './en/faults.ts'
import { home } from './en/home.ts'
import { languages } from './en/languages.ts'
import { orders } from './en/orders.ts'
import { productPage } from './en/product-page.ts'
import { product } from './en/product.ts'
import { search } from './en/search.ts'
import { shell } from './en/shell.ts'
import { writing } from './en/writing.ts'

export const en = {
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
