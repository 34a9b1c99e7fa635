import { data, redirect, type RouterContextProvider } from 'react-router'

import type { operations } from '../../api.d.ts'
import { type Api, apiOf, categoriesOf, found } from '../../lib/api.ts'
import { buyerPrices, type BuyerPrice } from '../../lib/buyer-prices.ts'
import { pricesShown } from '../../lib/cards.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { wayTo } from '../../lib/way-to.ts'
import { visitContext } from '../../visit.ts'
import { goneOf } from './load-gone.ts'
import { headOf } from './head.ts'
import { sortIn, type ReviewSort } from './review-list.ts'
import type { PageAttribute, PageProduct, PageVariant } from './product.ts'

type Told<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

type ToldProduct = Told<'getProductBySlug'>
export type Reviews = Told<'listReviews'>
export type Review = Reviews['items'][number]
export type Questions = Told<'listQuestions'>
export type Related = Told<'listRelatedProducts'>['items'][number]

const REVIEWS_AT_ONCE = 5
const QUESTIONS_AT_ONCE = 10
const BRANDS = 1_000

/** A product by its address; one that has moved is sent on to where it is now, for good. */
export async function productAt(...asked: Parameters<typeof askedAt>): Promise<ToldProduct> {
  return found(await askedAt(...asked))
}

async function askedAt(
  request: Request,
  context: Readonly<RouterContextProvider>,
  slug: string,
  part = '',
) {
  const { language } = context.get(visitContext)
  const answer = await apiOf(context).GET('/api/v1/products/by-slug/{slug}', {
    params: { path: { slug }, query: { lang: language } },
  })
  if (answer.response.status === 301) {
    const [, now = ''] =
      /\/by-slug\/([^/?]+)/.exec(answer.response.headers.get('location') ?? '') ?? []
    const { search } = new URL(request.url)
    throw redirect(`${pathsOf(context).product(now)}${part}${search}`, 301)
  }
  // What can be no address of a product is none.
  if (answer.response.status === 422) throw new Response(null, { status: 404 })
  return answer
}

/** Everything that the page of a product shows. */
export async function loadProduct(
  request: Request,
  context: Readonly<RouterContextProvider>,
  slug: string,
) {
  const { language, shop, origin, currencies, availabilityTerm: termOf } = context.get(visitContext)
  const { shown: currency } = currencies
  const api = apiOf(context)
  const asked = await askedAt(request, context, slug)
  if (asked.response.status === 410) {
    return data(await goneOf(context, asked.error), { status: 410 })
  }
  const told = found(asked)
  const { searchParams } = new URL(request.url)
  const sort = sortIn(searchParams.get('reviews'))
  const path = { id: told.id }
  const [prices, brand, related, reviews, questions, categories, ways] = await Promise.all([
    buyerPrices(
      api,
      told.variants.map(({ sku }) => sku),
      currency,
    ),
    brandOf(api, told.brand, language),
    api.GET('/api/v1/products/{id}/related', { params: { path, query: { lang: language } } }),
    reviewsOf(api, told.id, sort, searchParams.get('after')),
    api.GET('/api/v1/products/{id}/questions', {
      params: { path, query: { limit: QUESTIONS_AT_ONCE } },
    }),
    categoriesOf(api, language),
    currencies.deliveryIn(currency),
  ])
  const product = pageOf(told, prices, brand)
  const { languages } = shop
  const way = wayTo(product.category, categories)
  const here = { shop, language, languages, origin, way }
  return {
    product,
    way,
    // Made here, so that browsers need not know how search machines are spoken to.
    head: headOf(here, product, { rating: reviews.rating, termOf }),
    related: await priced(context, found(related).items),
    reviews,
    sort,
    questions: found(questions),
    delivery: Object.entries(ways).map(([method, amount]) => ({
      method,
      price: { amount, currency },
    })),
    holdMinutes: shop.holdMinutes,
    timeZone: shop.timeZone,
  }
}

/** In the currency that is shown, where they are sold in it. */
async function priced(
  context: Readonly<RouterContextProvider>,
  related: readonly Related[],
): Promise<readonly Related[]> {
  const prices = await pricesShown(
    context,
    related.map(({ product }) => product.id),
  )
  return related.map((each) => {
    const price = prices.get(each.product.id)?.priceFrom ?? each.product.price
    return { ...each, product: { ...each.product, price } }
  })
}

async function brandOf(api: Api, slug: string | null, lang: string): Promise<PageProduct['brand']> {
  if (slug === null) return null
  const answer = await api.GET('/api/v1/brands', { params: { query: { lang, limit: BRANDS } } })
  const brand = found(answer).items.find((each) => each.slug === slug)
  return brand === undefined ? null : { slug, name: brand.name }
}

async function reviewsOf(
  api: Api,
  id: string,
  sort: ReviewSort,
  after: string | null,
): Promise<Reviews> {
  const ask = (from: { after?: string }) =>
    api.GET('/api/v1/products/{id}/reviews', {
      params: { path: { id }, query: { sort, limit: REVIEWS_AT_ONCE, ...from } },
    })
  const answer = await ask(after === null ? {} : { after })
  // An address that somebody made up begins at the first.
  return found(answer.response.status === 422 ? await ask({}) : answer)
}

/** Numbers of units stay here: a page that is kept for everybody says words. */
function pageOf(
  product: ToldProduct,
  prices: ReadonlyMap<string, BuyerPrice>,
  brand: PageProduct['brand'],
): PageProduct {
  const { id, slug, name, version, description, category, pictures, seo } = product
  return {
    id,
    slug,
    name,
    version,
    description,
    category,
    brand,
    pictures,
    seo,
    variants: product.variants.map((each) => variantOf(each, prices.get(each.sku))),
    groups: product.optionGroups.map(({ code, name: word, values }) => ({
      code,
      name: word,
      values: values.map((value) => ({
        code: value.code,
        name: value.name,
        swatch: value.swatch,
      })),
    })),
    attributes: product.attributes as readonly PageAttribute[],
    components: product.componentProducts,
  }
}

function variantOf(
  {
    sku,
    options,
    price,
    availability,
    weightGrams,
    components,
    pictures,
  }: ToldProduct['variants'][number],
  buyer: BuyerPrice | undefined,
): PageVariant {
  return {
    sku,
    choice: Object.fromEntries(options.map(({ code, valueCode }) => [code, valueCode])),
    price: buyer?.unitPrice ?? price,
    was: buyer?.was ?? null,
    lowestBefore: buyer?.lowestBefore ?? null,
    tiers: buyer?.tiers ?? [],
    availability,
    weightGrams,
    components,
    pictures,
  }
}

/** What the page of a product that is sold shows. */
export type SoldPage = Exclude<Awaited<ReturnType<typeof loadProduct>>, { readonly init: unknown }>
