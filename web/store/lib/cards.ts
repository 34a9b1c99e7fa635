import type { RouterContextProvider } from 'react-router'

import { visitContext } from '../visit.ts'
import { apiOf, found } from './api.ts'
import { inParts } from './buyer-prices.ts'
import type { Money } from './format.ts'
import type { CardProduct } from './product-card.tsx'

/** What lists and searches tell of a product. Prices are of the shop's main currency. */
export interface ToldProduct extends Pick<
  CardProduct,
  'id' | 'slug' | 'name' | 'picture' | 'rating' | 'availability' | 'highlights'
> {
  /** The least and the most of its variants, without any sale. */
  readonly least: Money
  readonly most: Money
  /** What everybody pays for its first variant while that is on sale. */
  readonly salePrice: Money | null
  /** Its lowest price of the 30 days before, if that was higher. */
  readonly wasPrice: Money | null
}

type Prices = Pick<CardProduct, 'priceFrom' | 'isFrom' | 'was'>

/** Cards with the prices that this visitor is shown. What is not sold in that currency has the main one. */
export async function cardsOf(
  context: Readonly<RouterContextProvider>,
  told: readonly ToldProduct[],
): Promise<CardProduct[]> {
  const ids = told.map(({ id }) => id)
  const prices = await pricesShown(context, ids)
  return told.map((each) => {
    const { id, slug, name, picture, rating, availability, highlights } = each
    return {
      id,
      slug,
      name,
      picture,
      rating,
      // Pages carry what they show.
      ...(availability === undefined ? {} : { availability }),
      ...(highlights === undefined || highlights.length === 0 ? {} : { highlights }),
      ...(prices.get(id) ?? mainPrices(each)),
    }
  })
}

/** Cards of what `GET /products` lists, which names its prices as cards do. */
export function listedCards(
  context: Readonly<RouterContextProvider>,
  items: readonly (Omit<ToldProduct, 'least' | 'most'> & Record<'priceFrom' | 'priceTo', Money>)[],
): Promise<CardProduct[]> {
  const told = items.map(({ priceFrom: least, priceTo: most, ...item }) => ({
    ...item,
    least,
    most,
  }))
  return cardsOf(context, told)
}

/** A sale is told of the first variant: of several prices it can only lower where they begin. */
export function mainPrices({ least, most, salePrice, wasPrice }: ToldProduct): Prices {
  const isFrom = least.amount !== most.amount
  if (salePrice === null) return { priceFrom: least, isFrom, was: null }
  if (!isFrom) return { priceFrom: salePrice, isFrom, was: wasPrice }
  return {
    priceFrom: salePrice.amount < least.amount ? salePrice : least,
    isFrom,
    was: null,
  }
}

/** Of products, by id, in the currency that is shown; nothing is asked where that is the main one. */
export async function pricesShown(
  context: Readonly<RouterContextProvider>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Prices>> {
  const { shop, currencies } = context.get(visitContext)
  const { shown: currency } = currencies
  if (currency === shop.currency || ids.length === 0) return new Map()
  const api = apiOf(context)
  const answers = await Promise.all(
    inParts(ids).map((products) =>
      api.GET('/api/v1/prices/ranges', { params: { query: { products, currency } } }),
    ),
  )
  const items = answers.flatMap((answer) => found(answer).items)
  return new Map(items.map(({ productId, from, to, was }) => [productId, priceOf(from, to, was)]))
}

function priceOf(priceFrom: Money, most: Money, was: Money | null): Prices {
  const isFrom = priceFrom.amount !== most.amount
  return { priceFrom, isFrom, was: isFrom ? null : was }
}
