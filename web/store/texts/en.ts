import { cart } from './en/cart.ts'
import { checkout } from './en/checkout.ts'
import { faults } from './en/faults.ts'
import { home } from './en/home.ts'
import { languages } from './en/languages.ts'
import { orders } from './en/orders.ts'
import { product } from './en/product.ts'
import { shell } from './en/shell.ts'

export const en = {
  cart,
  checkout,
  faults,
  home,
  languages,
  orders,
  product,
  shell,
}
