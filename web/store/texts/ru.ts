import type { Texts } from './index.ts'
import { cart } from './ru/cart.ts'
import { checkout } from './ru/checkout.ts'
import { faults } from './ru/faults.ts'
import { home } from './ru/home.ts'
import { languages } from './ru/languages.ts'
import { orders } from './ru/orders.ts'
import { product } from './ru/product.ts'
import { shell } from './ru/shell.ts'

export const ru: Texts = {
  cart,
  checkout,
  faults,
  home,
  languages,
  orders,
  product,
  shell,
}
