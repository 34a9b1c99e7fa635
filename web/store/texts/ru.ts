import type { Texts } from './index.ts'
import { faults } from './ru/faults.ts'
import { home } from './ru/home.ts'
import { languages } from './ru/languages.ts'
import { product } from './ru/product.ts'
import { productPage } from './ru/product-page.ts'
import { writing } from './ru/writing.ts'
import { shell } from './ru/shell.ts'

export const ru: Texts = { faults, home, languages, product, productPage, shell, writing }
