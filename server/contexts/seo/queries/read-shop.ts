import type { CatalogProducts, IndexedProduct, Offers, Texts } from '#context/catalog'
import type { Availabilities } from '#context/inventory'
import type { Media, PictureView } from '#context/media'
import type { Pricing } from '#context/pricing'
import type { Ratings } from '#context/reviews'
import { Kept } from '#platform/cache/kept'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import type { Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { Origin, SeoAsk, SeoRefusal, ShopPages } from '../contract.ts'
import { addressesOf } from '../domain/addresses.ts'
import { termsOf } from '../domain/availability.ts'
import { feed, type FeedItem } from '../domain/feed.ts'
import { robots, sitemap, sitemapIndex } from '../domain/sitemap.ts'
import { structured } from '../domain/structured.ts'
import { partsOf, productsOf } from './walk.ts'

/** Categories or brands, by page. */
interface Places {
  readonly items: readonly { readonly slug: string }[]
  readonly next: string | null
}

interface PlacesAsk {
  readonly limit: number
  readonly after?: string
}

/** What this context asks of others. */
export interface Parts {
  readonly products: CatalogProducts
  readonly pages: {
    listCategories(tenant: Tenant, ask: PlacesAsk, language: string): Promise<Places>
    listBrands(tenant: Tenant, ask: PlacesAsk, language: string): Promise<Places>
  }
  readonly offers: Offers
  readonly words: Pick<Availabilities, 'of'>
  readonly pricing: Pick<Pricing, 'offers' | 'currencies'>
  readonly media: Pick<Media, 'pictures'>
  readonly ratings: Ratings
}

/** As large as link previews and marketplaces want a picture. */
const PICTURE_WIDTH = 960

/** Lists of categories and brands are read in pages of so many, and no more than so many of each. */
const PLACES_PAGE = 100
const PLACES = 5_000

/** Where parts begin is walked for through all of a shop, once in so long. */
const PARTS_AGE_MS = 10_000
/** Of all shops: ten megabytes. */
const PARTS_KEPT = 100_000

/** Everything search machines read, made anew. */
export class ShopReader implements ShopPages {
  readonly #parts: Parts
  readonly #starts: Kept<readonly Id[]>

  constructor({ clock }: Pick<Platform, 'clock'>, parts: Parts) {
    this.#parts = parts
    this.#starts = new Kept({ clock, maxSize: PARTS_KEPT, maxAgeMs: PARTS_AGE_MS })
  }

  robots({ languages }: Tenant, origin: Origin): string {
    return robots(`${origin}/sitemap.xml`, languages)
  }

  async sitemapIndex(tenant: Tenant, origin: Origin): Promise<string> {
    const parts = await this.#partsOf(tenant.id)
    const files = ['pages.xml', ...parts.map((part) => `products/${part}`)]
    return sitemapIndex(files.map((file) => `${origin}/sitemaps/${file}`))
  }

  async sitemapOfPages(tenant: Tenant, origin: Origin): Promise<string> {
    const { languages } = tenant
    const to = addressesOf(origin, languages)
    const { pages } = this.#parts
    const first = languages[0] ?? ''
    const list = (ask: (after: string | undefined) => Promise<Places>): Promise<string[]> =>
      slugs(ask)
    const categories = await list((after) =>
      pages.listCategories(tenant, { limit: PLACES_PAGE, ...only(after) }, first),
    )
    const brands = await list((after) =>
      pages.listBrands(tenant, { limit: PLACES_PAGE, ...only(after) }, first),
    )
    const inEach = (url: (language: string) => string) => ({
      addresses: languages.map((language) => ({ language, url: url(language) })),
    })
    return sitemap([
      inEach((language) => to.home(language)),
      ...categories.map((slug) => inEach((language) => to.category(slug, language))),
      ...brands.map((slug) => inEach((language) => to.brand(slug, language))),
    ])
  }

  async sitemapOfProducts(tenant: Tenant, origin: Origin, part: Id): Promise<Outcome<string>> {
    const { languages } = tenant
    const to = addressesOf(origin, languages)
    const isListed = (await this.#partsOf(tenant.id)).includes(part)
    if (!isListed) return refused({ code: 'seo.part-unknown', part })
    const found = await productsOf(this.#parts.products, tenant.id, part)
    return accept(
      sitemap(
        found.map(({ slug }) => ({
          addresses: languages.map((language) => ({ language, url: to.product(slug, language) })),
        })),
      ),
    )
  }

  async feed(tenant: Tenant, ask: SeoAsk): Promise<Outcome<string>> {
    const { products, pricing } = this.#parts
    const { currency = tenant.currency, part } = ask
    if (!(await pricing.currencies(tenant)).includes(currency)) {
      return refused({ code: 'seo.currency-unknown', currency })
    }
    const parts = await this.#partsOf(tenant.id)
    if (part !== undefined && !parts.includes(part)) {
      return refused({ code: 'seo.part-unknown', part })
    }
    if (part === undefined && parts.length > 1) {
      return refused({ code: 'seo.feed-in-parts', parts })
    }
    const only = part ?? parts[0]
    const found = only === undefined ? [] : await productsOf(products, tenant.id, only)
    const items = await this.#items(tenant, found, { ...ask, currency })
    const home = addressesOf(ask.origin, tenant.languages).home(ask.language)
    return accept(feed(tenant.name, home, items))
  }

  #partsOf(tenant: TenantId): Promise<readonly Id[]> | readonly Id[] {
    return this.#starts.of(tenant, '', async () => {
      const value = await partsOf(this.#parts.products, tenant)
      return { value, size: value.length + 1, touches: [] }
    })
  }

  async product(
    tenant: Tenant,
    productId: Id,
    { origin, language }: { readonly origin: Origin; readonly language: string },
  ): ReturnType<ShopPages['product']> {
    const { products, ratings } = this.#parts
    const [product] = await products.products(tenant.id, [productId])
    if (product === undefined || !product.isVisible) {
      return refused({ code: 'seo.product-unknown', productId })
    }
    const to = addressesOf(origin, tenant.languages)
    const [{ offers, stock, pictures }, rated] = await Promise.all([
      this.#details(tenant.id, [product]),
      ratings.ratings(tenant.id, [productId]),
    ])
    const said = (texts: Texts): string => inLanguage(texts, language, tenant)
    const rating = rated.get(productId) ?? { count: 0, average: null }
    const image = imageOf(pictures.get(product.picture ?? ''), origin)
    return accept(
      structured({
        name: said(product.name),
        description: said(product.description),
        url: to.product(product.slug, language),
        sku: product.skus[0] ?? '',
        images: image === undefined ? [] : [image],
        brand: product.brand?.name,
        rating,
        offers: product.skus.flatMap((sku) => {
          const price = offers.get(sku)?.prices[tenant.currency]
          return price === undefined ? [] : [{ sku, price, word: stock.get(sku)?.word }]
        }),
        trail: [
          { name: tenant.name, url: to.home(language) },
          ...product.categoryPath.map(({ slug, name }) => ({
            name: said(name),
            url: to.category(slug, language),
          })),
        ],
      }),
    )
  }

  async #items(
    tenant: Tenant,
    found: readonly IndexedProduct[],
    { origin, language, currency }: SeoAsk & { readonly currency: string },
  ): Promise<FeedItem[]> {
    const to = addressesOf(origin, tenant.languages)
    const said = (texts: Texts): string => inLanguage(texts, language, tenant)
    const { offers, stock, pictures } = await this.#details(tenant.id, found)
    return found.flatMap((product) =>
      product.skus.flatMap((sku): FeedItem[] => {
        const offer = offers.get(sku)
        const price: Money | undefined = offer?.prices[currency]
        // What has no price in a currency is not sold in it (PRICING-4).
        if (offer === undefined || price === undefined) return []
        const choice = offer.options.map(({ value }) => said(value)).join(', ')
        const name = said(product.name)
        return [
          {
            sku,
            group: product.skus.length > 1 ? product.id : undefined,
            title: choice === '' ? name : `${name}, ${choice}`,
            description: said(product.description) || name,
            link: to.product(product.slug, language),
            image: imageOf(pictures.get(product.picture ?? ''), origin),
            availability: termsOf(stock.get(sku)?.word).feed,
            price,
            brand: product.brand?.name,
            category: product.categoryPath.map(({ name: each }) => said(each)).join(' > '),
            weightGrams: offer.weightGrams,
          },
        ]
      }),
    )
  }

  async #details(tenant: TenantId, found: readonly IndexedProduct[]) {
    const { pricing, words, media } = this.#parts
    const skus = found.flatMap((product) => product.skus)
    const assets = found.flatMap(({ picture }) => (picture === null ? [] : [picture]))
    const [offers, stock, pictures] = await Promise.all([
      pricing.offers(tenant, skus),
      words.of(tenant, skus),
      media.pictures(tenant, assets),
    ])
    return { offers, stock, pictures }
  }
}

async function slugs(ask: (after: string | undefined) => Promise<Places>): Promise<string[]> {
  const found: string[] = []
  for (let after: string | undefined; found.length < PLACES;) {
    const { items, next } = await ask(after)
    found.push(...items.map(({ slug }) => slug))
    if (next === null) break
    after = next
  }
  return found
}

function only(after: string | undefined): { readonly after?: string } {
  return after === undefined ? {} : { after }
}

function inLanguage(texts: Texts, language: string, { languages }: Tenant): string {
  return texts[language] ?? texts[languages[0] ?? ''] ?? ''
}

/** The address of a picture in one size that everybody can show. */
function imageOf(picture: PictureView | undefined, origin: Origin): string | undefined {
  if (picture === undefined) return undefined
  const { widths, url } = picture
  const width = widths.findLast((each) => each <= PICTURE_WIDTH) ?? widths[0] ?? PICTURE_WIDTH
  const path = url.replace('{width}', String(width)).replace('{format}', 'jpeg')
  return path.startsWith('/') ? `${origin}${path}` : path
}

function refused(refusal: SeoRefusal) {
  return refuse(refusal)
}
