import type { IndexedProduct } from '#context/catalog'

import { readText, skuTerms, type TextRead } from '../words/index-terms.ts'
import type { Language } from '../words/types.ts'
import type { Entry, EntryAttribute, Texts } from './entry.ts'
import { ANSWERS } from './facet-words.ts'

/** Terms kept of one field, in all languages together. */
const MOST_TERMS = 600

/** Words kept of one product and language for suggestions. */
const MOST_WORDS = 60

/** Characters of a description that are searched, in each language. */
const DESCRIPTION = 4000

/**
 * What search keeps of a product as the catalog describes it now; undefined when nobody is to see it
 * now or later. All languages are found by all: who writes Russian finds what is described in
 * Ukrainian only.
 */
export function entryOf(product: IndexedProduct): Entry | undefined {
  const { visibleFrom, visibleUntil, categoryPath, brand } = product
  if (!product.isVisible && visibleFrom === null) return undefined
  // That something is so is found by nobody, and the word true is no word of the shop.
  const searched = product.attributes.filter(
    ({ isSearched, kind }) => isSearched && kind !== 'boolean',
  )
  const about = [
    ...categoryPath.map(({ name }) => name),
    ...(brand === null ? [] : [{ en: brand.name }]),
    ...searched.flatMap(({ values }) => values.map(({ label }) => label)),
  ]
  const named = readAll(product.name, readText)
  const said = about.flatMap((each) => readAll(each))
  const name = new Set([
    ...termsOf(named),
    ...product.skus.flatMap(skuTerms).map(({ term }) => term),
  ])
  const category = new Set(termsOf(categoryPath.slice(-1).flatMap((each) => readAll(each.name))))
  const aboutIt = new Set(termsOf(said))
  const description = new Set(termsOf(readAll(product.description, readBeginning)))
  return {
    id: product.id,
    slug: product.slug,
    version: product.version,
    createdAt: Date.parse(product.createdAt),
    name: product.name,
    categories: categoryPath.map(({ slug, name: called }) => ({ slug, name: called })),
    brand: brand === null ? null : { slug: brand.slug, name: brand.name },
    skus: product.skus,
    minPrice: product.minPrice,
    maxPrice: product.maxPrice,
    picture: product.picture,
    ...(product.rated === 0 ? {} : { rated: product.rated }),
    attributes: product.attributes.filter(({ isFacet }) => isFacet).map(attributeOf),
    visibleFrom: visibleFrom === null ? null : Date.parse(visibleFrom),
    visibleUntil: visibleUntil === null ? null : Date.parse(visibleUntil),
    terms: {
      kind: [...name].filter((term) => category.has(term)).slice(0, MOST_TERMS),
      name: [...name].filter((term) => !category.has(term)).slice(0, MOST_TERMS),
      about: [...aboutIt].filter((term) => !name.has(term)).slice(0, MOST_TERMS),
      description: [...description]
        .filter((term) => !name.has(term) && !aboutIt.has(term))
        .slice(0, MOST_TERMS),
    },
    words: wordsOf([...named, ...said]),
  }
}

function attributeOf(attribute: IndexedProduct['attributes'][number]): EntryAttribute {
  const { code, kind, values } = attribute
  return {
    code,
    name: attribute.name,
    values: values.map((value) => ({
      code: value.code,
      label: (kind === 'boolean' ? ANSWERS[value.code] : undefined) ?? value.label,
      number: value.number,
    })),
  }
}

/** The language whose stems a text has; English where nothing is known of its language. */
export function languageOfText(tag: string): Language {
  const [language] = tag.toLowerCase().split('-')
  return language === 'uk' || language === 'ru' ? language : 'en'
}

/** A text as it was read, and the tag of its language. */
interface Said extends TextRead {
  readonly tag: string
}

function readAll(texts: Texts, read = readOnce): readonly Said[] {
  return Object.entries(texts).map(([tag, text]) => {
    const { terms, words } = read(text, languageOfText(tag))
    return { tag, terms, words }
  })
}

function readBeginning(text: string, language: Language): TextRead {
  return readOnce(text.slice(0, DESCRIPTION), language)
}

/** Short texts come again with every product: categories, brands, choices. */
const short = new Map<string, TextRead>()
const SHORT = 60
const SHORT_KEPT = 5000

function readOnce(text: string, language: Language): TextRead {
  if (text.length > SHORT) return readText(text, language)
  const key = `${language} ${text}`
  const known = short.get(key)
  if (known !== undefined) return known
  const read = readText(text, language)
  if (short.size >= SHORT_KEPT) short.clear()
  short.set(key, read)
  return read
}

function termsOf(texts: readonly Said[]): readonly string[] {
  return texts.flatMap(({ terms }) => terms)
}

function wordsOf(texts: readonly Said[]): Record<string, readonly string[]> {
  const byLanguage = new Map<string, Set<string>>()
  for (const { tag, words } of texts) {
    const known = byLanguage.get(tag) ?? new Set()
    byLanguage.set(tag, known)
    for (const word of words) if (known.size < MOST_WORDS) known.add(word)
  }
  return Object.fromEntries([...byLanguage].map(([tag, words]) => [tag, [...words]]))
}
