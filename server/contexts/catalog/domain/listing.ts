/** What lists know of a product beside its card: where it stands, and what filters ask of it. */
import type { ProductFacts, Texts } from '../contract.ts'
import { inLanguage } from './view.ts'

/** Terms of one product; more would make every edit slow. */
export const MOST_TERMS = 200
const LONGEST_VALUE = 60

export const categoryTerm = (slug: string): string => `c:${slug}`
export const brandTerm = (slug: string): string => `b:${slug}`
/** Both at once is asked so often, and so few of either are both, that it has a term of its own. */
export const placeTerm = (category: string, brand: string): string => `p:${category}/${brand}`
export const attributeTerm = (code: string, value: string): string => `a:${code}=${value}`

/**
 * Everything a filter may ask of a product, each once: category, brand, its attributes and the
 * options of its variants. Texts and dates are no choices and are not among them.
 */
export function termsOf(facts: ProductFacts): readonly string[] {
  const { category, brand } = facts
  const terms = new Set<string>()
  if (category !== null) terms.add(categoryTerm(category))
  if (brand !== null) terms.add(brandTerm(brand))
  if (category !== null && brand !== null) terms.add(placeTerm(category, brand))
  for (const { options } of facts.variants) {
    for (const { code, valueCode } of options) terms.add(attributeTerm(code, valueCode))
  }
  for (const [code, value] of Object.entries(facts.attributes)) {
    const values = typeof value === 'object' ? value : [String(value)]
    for (const each of values) {
      if (each.length <= LONGEST_VALUE) terms.add(attributeTerm(code, each))
    }
  }
  return [...terms].slice(0, MOST_TERMS)
}

/**
 * The variants of a product as lists keep them: SKUs joined by spaces, that of a bundle followed by
 * those of its components: `SET-1+BALL-5+PUMP BALL-5`. No SKU has either character.
 */
export function listedSkus({ variants }: Pick<ProductFacts, 'variants'>): string {
  return variants
    .map(({ sku, components }) => [sku, ...components.map((each) => each.sku)].join('+'))
    .join(' ')
}

export function skuOf(listed: string): string {
  const end = listed.indexOf('+')
  return end < 0 ? listed : listed.slice(0, end)
}

/** What moves when there is more or less of it: the SKU itself, and what it is put together of. */
export function unitsIn(listed: string): readonly string[] {
  return listed.split('+')
}

/** The lowest and the highest price of its variants, in minor units of the shop's main currency. */
export function priceRange({ variants }: Pick<ProductFacts, 'variants'>): {
  readonly from: number
  readonly to: number
} {
  const amounts = variants.map(({ price }) => price.amount)
  return { from: Math.min(...amounts), to: Math.max(...amounts) }
}

/** Of a product that is neither hidden nor archived: its place in a list by price, then by age. */
export function pricePlace(amount: number, productId: string): string {
  return `${String(amount).padStart(PRICE_DIGITS, '0')}.${productId}`
}

/** Of the greatest price the catalog takes, with room. */
export const PRICE_DIGITS = 14

/** The places of products by name are as long as this, and the id. */
const KEY_LENGTH = 40

/** Ukrainian and Russian letters in one order, each language's own where that language has it. */
const CYRILLIC = 'абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя'
const FIRST_CYRILLIC = 0xe000

/** Latin letters that may have a mark. */
const MARKED = /(?![a-z])\p{Script=Latin}/gu
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

/**
 * A text whose order by bytes is the alphabet's, whatever the database's locale: letters without
 * case and marks (but й, ї, ё and ґ are letters of their own), digits before letters, nothing else.
 */
export function sortKey(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(MARKED, (letter) => letter.normalize('NFD').replaceAll(/\p{M}/gu, ''))
  let key = ''
  for (const letter of plain) {
    const place = CYRILLIC.indexOf(letter)
    if (place >= 0) key += String.fromCharCode(FIRST_CYRILLIC + place)
    else if (LETTER_OR_DIGIT.test(letter)) key += letter
    else if (key !== '' && !key.endsWith(' ')) key += ' '
    if (key.length >= KEY_LENGTH) break
  }
  return key.trimEnd()
}

/** Where a product stands among names; the id, behind what no key holds, keeps twins apart. */
export function namePlace(name: Texts, language: string, first: string, productId: string): string {
  return `${sortKey(inLanguage(name, language, first))}\t${productId}`
}
