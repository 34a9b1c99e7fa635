import { noStock, presentListed, type ListedProduct } from './view.ts'

/** Stands where a stock goes. JSON escapes control characters, so a text never holds it raw. */
const MARK = '\u0001'

/** A quote before a word is raw only around a whole string, and a colon after it only after a key. */
const MARKED = `"stock":${JSON.stringify(MARK)}`

/**
 * A product on sale as lists send it, in one language, as JSON with marks for the stock: first of
 * the product, then of each variant. Lists fill in numbers instead of writing twenty products anew.
 */
export function cardOf(product: ListedProduct, language: string, first: string): string {
  const view = presentListed(product, 'active', noStock, language, first)
  const marked = {
    ...view,
    stock: MARK,
    variants: view.variants.map((variant) => ({ ...variant, stock: MARK })),
  }
  return JSON.stringify(marked).replaceAll(MARKED, `"stock":${MARK}`)
}

/** The JSON of a card with what is free now; `skus` are those of its variants, in their order. */
export function fillCard(
  card: string,
  skus: readonly string[],
  free: ReadonlyMap<string, number>,
): string {
  const pieces = card.split(MARK)
  const units = skus.map((sku) => free.get(sku) ?? 0)
  let json = (pieces[0] ?? '') + units.reduce((total, each) => total + each, 0)
  for (let n = 1; n < pieces.length; n += 1) {
    json += pieces[n] ?? ''
    if (n < pieces.length - 1) json += units[n - 1] ?? 0
  }
  return json
}
