import type { Id } from '#platform/ids'

import type { ProductFacts } from '../contract.ts'
import { priceRange } from './listing.ts'
import { UNSAID_OF, type Said } from './said.ts'
import { better, NOTHING, type AvailabilityWord, type Standing } from './standing.ts'
import { inLanguage } from './view.ts'

/** Stands where what changes without an edit goes. JSON escapes control characters, so no text holds it raw. */
const MARK = '\u0001'

/** A quote before a word is raw only around a whole string, and a colon after it only after a key. */
const MARKED = /"(stock|availability)":"\\u0001"/g

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
 * A product on sale as lists send it, in one language, as JSON with marks for the stock of the
 * product, then of each variant, then for its availability. Lists fill these in instead of writing
 * twenty products anew.
 */
export function cardOf(product: CardSource, language: string, first: string): string {
  const { facts } = product
  const [main] = facts.variants
  if (main === undefined) throw new Error(`The product ${product.productId} has no variants.`)
  const { currency } = main.price
  const { from, to } = priceRange(facts)
  const description = inLanguage(facts.description, language, first)
  const card = {
    id: product.productId,
    slug: facts.slug,
    sku: main.sku,
    name: inLanguage(facts.name, language, first),
    description: shortened(description),
    price: main.price,
    priceFrom: { amount: from, currency },
    priceTo: { amount: to, currency },
    picture: facts.pictures[0]?.asset ?? null,
    stock: MARK,
    category: facts.category,
    brand: facts.brand,
    variants: facts.variants.map((variant) => ({
      sku: variant.sku,
      options: variant.options.map(({ code, valueCode, name, value }) => ({
        code,
        valueCode,
        name: inLanguage(name, language, first),
        value: inLanguage(value, language, first),
      })),
      price: variant.price,
      stock: MARK,
      weightGrams: variant.weightGrams,
    })),
    status: 'active',
    version: product.version,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    availability: MARK,
  }
  return JSON.stringify(card).replaceAll(MARKED, `"$1":${MARK}`)
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
