import { faults } from './en/faults.ts'
import { languages } from './en/languages.ts'
import { product } from './en/product.ts'
import { shell } from './en/shell.ts'

export const en = {
  faults,
  languages,
  product,
  shell,
}
