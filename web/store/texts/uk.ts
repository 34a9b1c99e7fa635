import type { Texts } from './index.ts'
import { cart } from './uk/cart.ts'
import { checkout } from './uk/checkout.ts'
import { faults } from './uk/faults.ts'
import { home } from './uk/home.ts'
import { languages } from './uk/languages.ts'
import { orders } from './uk/orders.ts'
import { product } from './uk/product.ts'
import { shell } from './uk/shell.ts'

export const uk: Texts = {
  cart,
  checkout,
  faults,
  home,
  languages,
  orders,
  product,
  shell,
}
