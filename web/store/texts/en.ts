import { faults } from './en/faults.ts'
import { home } from './en/home.ts'
import { languages } from './en/languages.ts'
import { product } from './en/product.ts'
import { productPage } from './en/product-page.ts'
import { writing } from './en/writing.ts'
import { shell } from './en/shell.ts'

export const en = { faults, home, languages, product, productPage, shell, writing }
