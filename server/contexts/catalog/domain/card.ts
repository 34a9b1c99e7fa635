import type { Id } from '#platform/ids'

import type { ProductFacts, Texts } from '../contract.ts'
import { priceRange } from './listing.ts'
import { UNSAID_OF, type Said } from './said.ts'
import { better, NOTHING, type AvailabilityWord, type Standing } from './standing.ts'
import { inLanguage } from './view.ts'

/** Stands where what changes without an edit goes. JSON escapes control characters, so no text holds it raw. */
const MARK = '\u0001'
/** Stands where a text goes that is another in each language. */
const TEXT = '\u0002'

/** A quote before a word is raw only around a whole string, and a colon after it only after a key. */
const MARKED = /"(stock|availability|name|description|value)":"(?:\\u0001|(\\u0002))"/g

/** A list tells so much of a description; the product's own page tells all. */
const MOST_DESCRIPTION = 300

/** A product as lists are made of it. Times are ISO 8601. */
export interface CardSource {
  readonly productId: Id
  readonly facts: ProductFacts
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * A product on sale as lists send it, as JSON with marks for its texts, for the stock of the product,
 * then of each variant, then for its availability. Lists fill these in instead of writing twenty
 * products anew.
 */
export function cardOf({ productId, facts, version, createdAt, updatedAt }: CardSource): string {
  const [main] = facts.variants
  if (main === undefined) throw new Error(`The product ${productId} has no variants.`)
  const { currency } = main.price
  const { from, to } = priceRange(facts)
  const card = {
    id: productId,
    slug: facts.slug,
    sku: main.sku,
    name: TEXT,
    description: TEXT,
    price: main.price,
    priceFrom: { amount: from, currency },
    priceTo: { amount: to, currency },
    picture: facts.pictures[0]?.asset ?? null,
    stock: MARK,
    category: facts.category,
    brand: facts.brand,
    variants: facts.variants.map((variant) => ({
      sku: variant.sku,
      options: variant.options.map(({ code, valueCode }) => ({
        code,
        valueCode,
        name: TEXT,
        value: TEXT,
      })),
      price: variant.price,
      stock: MARK,
      weightGrams: variant.weightGrams,
    })),
    status: 'active',
    version,
    createdAt,
    updatedAt,
    availability: MARK,
  }
  return JSON.stringify(card).replaceAll(
    MARKED,
    (_, key: string, text?: string) => `"${key}":${text === undefined ? MARK : TEXT}`,
  )
}

/** The texts of a card in one language, each as JSON, in the order of their places. */
export function cardTextsOf(facts: ProductFacts, language: string, first: string): string {
  const said = (texts: Texts): string => inLanguage(texts, language, first)
  const options = facts.variants.flatMap((variant) => variant.options)
  return [
    said(facts.name),
    shortened(said(facts.description)),
    ...options.flatMap(({ name, value }) => [said(name), said(value)]),
  ]
    .map((text) => JSON.stringify(text))
    .join(TEXT)
}

/**
 * A card with its texts. One that was written when each language had a whole card of its own is all
 * text, whatever is written of what languages share.
 */
export function withTexts(card: string, texts: string): string {
  if (texts.startsWith('{')) return texts
  const [beginning = '', ...rest] = card.split(TEXT)
  const said = texts.split(TEXT)
  const inOrder = said.map((text, n) => `${text}${rest[n] ?? ''}`)
  return `${beginning}${inOrder.join('')}`
}

/** Whether anything that a card says is said in a language: all else is as in the shop's first. */
export function isSaidIn({ name, description, variants }: ProductFacts, language: string): boolean {
  const options = variants.flatMap((variant) => variant.options)
  const texts = [name, description, ...options.flatMap((option) => [option.name, option.value])]
  return texts.some((each) => each[language] !== undefined)
}

function shortened(text: string): string {
  if (text.length <= MOST_DESCRIPTION) return text
  return `${text
    .slice(0, MOST_DESCRIPTION)
    .toWellFormed()
    .replace(/\s+\S*$/u, '')}…`
}

/** A card cut at its marks: what stands between them. */
export function piecesOf(card: string): readonly string[] {
  return card.split(MARK)
}

/**
 * The JSON of a card with what there is now; `skus` are those of its variants, in their order. What
 * others say of it comes last, behind the word for its stock.
 */
export function fillCard(
  pieces: readonly string[],
  skus: readonly string[],
  standings: ReadonlyMap<string, Standing>,
  said: Said = UNSAID_OF,
): string {
  let total = 0
  let middle = ''
  let word: AvailabilityWord = 'out'
  for (const [n, sku] of skus.entries()) {
    const standing = standings.get(sku) ?? NOTHING
    total += standing.free
    middle += `${standing.free}${pieces[n + 2] ?? ''}`
    word = better(word, standing.word)
  }
  const end = `"${word}",${said === UNSAID_OF ? NOTHING_SAID : saidOf(said)}${pieces.at(-1) ?? ''}`
  return `${pieces[0] ?? ''}${total}${pieces[1] ?? ''}${middle}${end}`
}

/** The fields of what is said, without the braces around them. */
function saidOf({ salePrice, wasPrice, rating }: Said): string {
  return JSON.stringify({ salePrice, wasPrice, rating }).slice(1, -1)
}

const NOTHING_SAID = saidOf(UNSAID_OF)
