import type { Texts } from './index.ts'
import { faults } from './uk/faults.ts'
import { home } from './uk/home.ts'
import { languages } from './uk/languages.ts'
import { product } from './uk/product.ts'
import { productPage } from './uk/product-page.ts'
import { writing } from './uk/writing.ts'
import { shell } from './uk/shell.ts'

export const uk: Texts = { faults, home, languages, product, productPage, shell, writing }
