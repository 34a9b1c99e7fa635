import type { Texts } from './index.ts'
import { faults } from './ru/faults.ts'
import { languages } from './ru/languages.ts'
import { product } from './ru/product.ts'
import { shell } from './ru/shell.ts'

export const ru: Texts = {
  faults,
  languages,
  product,
  shell,
}
