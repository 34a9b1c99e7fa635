import { browse } from './en/browse.ts'
import { faults } from './en/faults.ts'
import { home } from './en/home.ts'
import { languages } from './en/languages.ts'
import { product } from './en/product.ts'
import { search } from './en/search.ts'
import { shell } from './en/shell.ts'

export const en = { browse, faults, home, languages, product, search, shell }
