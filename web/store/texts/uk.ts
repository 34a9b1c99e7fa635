import type { Texts } from './index.ts'
import { faults } from './uk/faults.ts'
import { languages } from './uk/languages.ts'
import { product } from './uk/product.ts'
import { shell } from './uk/shell.ts'

export const uk: Texts = {
  faults,
  languages,
  product,
  shell,
}
