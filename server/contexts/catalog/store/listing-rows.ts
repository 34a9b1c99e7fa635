import type { Write } from '#platform/write/commit'

import { cardOf, cardTextsOf, isSaidIn, type CardSource } from '../domain/card.ts'
import { listedSkus, namePlace, pricePlace, priceRange, termsOf } from '../domain/listing.ts'
import type { ProductFacts } from '../contract.ts'
import { cardTable, listedTable, termTable } from './list-tables.ts'

/**
 * The rows by which lists know a product from now on; none when it is hidden. `before` is what was
 * listed of it until now, nothing for a new one.
 */
export function listingRows(
  product: CardSource,
  languages: readonly string[],
  before?: ProductFacts,
): readonly Write[] {
  const { productId, facts } = product
  if (isHidden(facts))
    return before === undefined ? [] : delistingRows(productId, before, languages)
  // Whoever is new is in no list; what was hidden may be shown again.
  const verb = before === undefined ? 'insert' : 'upsert'
  const [first = ''] = languages
  const createdMs = Date.parse(product.createdAt)
  const { from, to } = priceRange(facts)
  const terms = termsOf(facts)
  const told = (language: string): Record<string, unknown> => ({
    name_place: namePlace(facts.name, language, first, productId),
    card: cardTextsOf(facts, language, first),
  })
  const inFirst = told(first)
  return [
    {
      table: listedTable,
      verb,
      row: {
        product_id: productId,
        place: `${createdMs}.${productId}`,
        price_place: pricePlace(from, productId),
        category: facts.category,
        brand: facts.brand,
        price: from,
        price_to: to,
        terms,
        skus: listedSkus(facts),
        card: cardOf(product),
        visible_from: facts.publication.from,
        visible_until: facts.publication.until,
      },
    },
    ...languages.map((language): Write => ({
      table: cardTable,
      verb,
      row: {
        // Where nothing is said in a language, all is as in the first.
        ...(language !== first && isSaidIn(facts, language) ? told(language) : inFirst),
        language,
        product_id: productId,
      },
    })),
    ...termRows(productId, terms, listedTerms(before)),
  ]
}

/** What is hidden or archived is in no list. */
export function delistingRows(
  productId: string,
  before: ProductFacts,
  languages: readonly string[],
): readonly Write[] {
  if (isHidden(before)) return []
  return [
    { table: listedTable, verb: 'delete', row: { product_id: productId } },
    ...languages.map((language): Write => ({
      table: cardTable,
      verb: 'delete',
      row: { language, product_id: productId },
    })),
    ...termRows(productId, [], listedTerms(before)),
  ]
}

function isHidden({ publication }: ProductFacts): boolean {
  return publication.status === 'hidden'
}

function listedTerms(facts: ProductFacts | undefined): readonly string[] {
  return facts === undefined || isHidden(facts) ? [] : termsOf(facts)
}

function termRows(
  productId: string,
  terms: readonly string[],
  before: readonly string[],
): readonly Write[] {
  const row = (verb: 'upsert' | 'delete', term: string): Write => ({
    table: termTable,
    verb,
    row: { term, product_id: productId },
  })
  return [
    ...terms.filter((term) => !before.includes(term)).map((term) => row('upsert', term)),
    ...before.filter((term) => !terms.includes(term)).map((term) => row('delete', term)),
  ]
}
