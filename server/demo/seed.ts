/** Fills an empty deployment with the demo: two shops, what they sell and have, who signs in, what is said. */
import type { CatalogChanges, ProductDraft } from '#context/catalog'
import type { Users } from '#context/identity'
import type { StockCommands } from '#context/inventory'
import type { Media } from '#context/media'
import type { PriceListCommands, RuleCommands } from '#context/pricing'
import type { ReviewCommands } from '#context/reviews'
import type { Looks, NewShop } from '#context/tenants'
import type { Cause } from '#platform/http/route'
import type { Id } from '#platform/ids'
import { see } from '#platform/log/streams'
import type { OpenPlatform } from '#platform/open'
import { accept, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Aggregate } from '#platform/write/commit'

import { demoShops, type DemoProduct, type DemoShop, type DemoVariant } from './catalog.ts'
import { demoLook } from './looks.ts'
import { demoGroup, demoListPrices, demoLists, demoRules, demoSpecials } from './prices.ts'
import { picturesOf, type ProductPicture } from './pictures/pictures-of.ts'
import { reviewWork } from './reviews.ts'
import { stockFor } from './stock.ts'
import { DEMO_USERS } from './users.ts'

export interface SeedPorts {
  /** Makes the shop, or finds it. */
  readonly makeShop: (shop: NewShop) => Promise<Tenant>
  readonly looks: Pick<Looks, 'set'>
  readonly catalog: CatalogChanges
  readonly media: Pick<Media, 'importDrawings'>
  readonly stock: StockCommands
  readonly prices: Pick<PriceListCommands, 'setList' | 'setPrice'>
  readonly priceRules: RuleCommands
  readonly users: Users
  readonly reviews: ReviewCommands
}

interface Seeded {
  readonly type: 'demo.seeded'
}

/** Says of a shop that its demo is complete, so that a seed that was cut short is finished later. */
const demos: Aggregate<boolean, Seeded> = { kind: 'demo', initial: false, apply: () => true }

/** Everything of the demo is written under keys of its own: what is there already is not written again. */
function cause(key: string): Cause {
  return { caller: 'demo', key: `demo/${key}`, fingerprint: 'demo' }
}

/**
 * Makes the demo complete; at once when it is. Deterministic: the same `seed`, the same stock.
 * Returns the shops, the first of which plain `localhost` is.
 */
export async function seedDemo(
  platform: OpenPlatform,
  ports: SeedPorts,
  seed: number,
  onProgress: (words: string) => void,
): Promise<readonly Tenant[]> {
  const tenants: Tenant[] = []
  for (const { shop: known, load } of demoShops()) {
    const { slug, name, currency, languages, holdMinutes, timeZone, delivery } = known
    const tenant = await ports.makeShop({
      slug,
      name,
      currency,
      languages,
      holdMinutes,
      timeZone,
      delivery,
    })
    tenants.push(tenant)
    const { state: isSeeded } = await see(platform.reads, tenant.id, stream(demos, slug))
    if (isSeeded) continue
    const shop = load()
    onProgress(`${name}: ${shop.products.length} products`)
    await seedShop(ports, tenant, shop, seed)
    await platform.write({
      tenant: tenant.id,
      ...cause('seeded'),
      streams: { demo: stream(demos, slug) },
      decide: () => accept({ append: { demo: [{ type: 'demo.seeded' }] }, answer: null }),
    })
  }
  return tenants
}

async function seedShop(
  { looks, catalog, media, stock, users, prices, priceRules, reviews }: SeedPorts,
  tenant: Tenant,
  shop: DemoShop,
  seed: number,
): Promise<void> {
  const language = shop.languages[0] ?? 'en'
  must(await looks.set(tenant, demoLook(shop), cause('look')))
  for (const { code, name } of shop.warehouses) {
    const warehouse = { code, name: name[language] }
    must(await stock.openWarehouse(tenant.id, warehouse, cause(`warehouse/${code}`)))
  }
  for (const [position, { slug, name, parent }] of shop.categories.entries()) {
    const draft = { slug, name, position, ...(parent === undefined ? {} : { parent }) }
    must(await catalog.addCategory(tenant, draft, cause(`category/${slug}`), language))
  }
  await all(shop.brands, async (brand) => {
    must(await catalog.addBrand(tenant, brand, cause(`brand/${brand.slug}`), language))
  })
  for (const { code, ...attribute } of shop.attributes) {
    must(await catalog.setAttribute(tenant, { code, ...attribute }, cause(`attribute/${code}`)))
  }
  const pictures = await drawn(media, tenant, shop)
  const products = await seedProducts(catalog, tenant, { shop, pictures, language })
  await all(
    stockFor(shop, seed).filter(({ quantity }) => quantity > 0),
    async (delivery) => {
      const { sku, warehouse } = delivery
      const supplied = { ...delivery, supplierRef: 'opening stock' }
      must(await stock.receive(tenant.id, supplied, cause(`stock/${sku}/${warehouse}`)))
    },
  )
  for (const rule of demoRules(shop)) {
    must(await priceRules.setRule(tenant, rule, cause(`rule/${rule.kind}.${rule.code}`)))
  }
  await all(demoSpecials(shop), async (price) => {
    must(await priceRules.setSpecial(tenant, price, cause(`special/${price.list}/${price.sku}`)))
  })
  for (const list of demoLists(shop)) {
    const { currency, delivery } = list
    must(await prices.setList(tenant, { currency, delivery }, cause(`list/${currency}`)))
    await all(demoListPrices(shop, list), async (price) => {
      const key = cause(`list/${currency}/${price.sku}`)
      must(await prices.setPrice(tenant, { currency, ...price }, key))
    })
  }
  let staff: Id | undefined
  await all(DEMO_USERS, async ({ roles, ...user }) => {
    const registered = await users.register(tenant, user, roles, cause(`user/${user.email}`))
    must(registered)
    if (registered.ok && roles.includes('staff')) staff = registered.value.user.id
    const group = demoGroup(shop, user.email)
    if (!registered.ok || group === undefined) return
    const member = { userId: registered.value.user.id, group }
    must(await priceRules.setGroup(tenant, member, cause(`group/${user.email}`)))
  })
  if (staff === undefined) throw new Error('nobody of the demo is staff')
  await all(reviewWork(reviews, { tenant, products, staff, cause }, must), (work) => work())
}

/**
 * Begun one after another, which gives them ids in the order in which they are written; bundles
 * last, because their components must be there. What goes with what is said once all have an id.
 * Returns the ids by slug.
 */
async function seedProducts(
  catalog: CatalogChanges,
  tenant: Tenant,
  {
    shop,
    pictures,
    language,
  }: { readonly shop: DemoShop; readonly pictures: DrawnPictures; readonly language: string },
): Promise<ReadonlyMap<string, Id>> {
  const ids = new Map<string, Id>()
  const isBundle = ({ variants }: DemoProduct): boolean =>
    variants.some(({ components }) => components.length > 0)
  const [plain, bundles] = [
    shop.products.filter((each) => !isBundle(each)),
    shop.products.filter(isBundle),
  ]
  const draftOf = (product: DemoProduct): ProductDraft => {
    const { variants, related: _, kind: _kind, color: _color, ...facts } = product
    const own = pictures.get(product.slug) ?? []
    return {
      ...facts,
      pictures: own.map(({ asset, alt }) => ({ asset, alt })),
      variants: variants.map(({ stock: _stock, ...variant }) => ({
        ...variant,
        pictures: own.flatMap(({ asset, color }) => (isOf(variant, color) ? [asset] : [])),
      })),
    }
  }
  const create = async (product: DemoProduct): Promise<void> => {
    const key = cause(`product/${product.slug}`)
    const created = await catalog.createProduct(tenant, draftOf(product), key, [language])
    must(created)
    if (created.ok) ids.set(product.slug, created.value.view.id)
  }
  await all(plain, create)
  await all(bundles, create)
  await all([...plain, ...bundles], async (product) => {
    const id = ids.get(product.slug)
    if (product.related.length === 0 || id === undefined) return
    const related = product.related.flatMap(({ kind, product: slug }) => {
      const productId = ids.get(slug)
      return productId === undefined ? [] : [{ kind, productId }]
    })
    const draft = { ...draftOf(product), related }
    must(await catalog.changeProduct(tenant, id, draft, cause(`related/${product.slug}`)))
  })
  return ids
}

/** The pictures of each product by its slug, as assets of the shop. */
type DrawnPictures = ReadonlyMap<string, readonly (ProductPicture & { readonly asset: Id })[]>

/** Draws the shop's products: texts only, each size is made when somebody looks at it. */
async function drawn(
  media: SeedPorts['media'],
  tenant: Tenant,
  shop: DemoShop,
): Promise<DrawnPictures> {
  const pictures = new Map(shop.products.map((product) => [product.slug, picturesOf(product)]))
  const assets = await media.importDrawings(tenant.id, [...pictures.values()].flat())
  const withAsset = (picture: ProductPicture) => {
    const asset = assets.get(picture.name)
    return asset === undefined ? [] : [{ ...picture, asset }]
  }
  return new Map([...pictures].map(([slug, own]) => [slug, own.flatMap(withAsset)]))
}

function isOf({ options }: Pick<DemoVariant, 'options'>, color: string | null): boolean {
  return options.some(({ code, valueCode }) => code === 'color' && valueCode === color)
}

/** The demo is part of the program, so a refusal here is a bug. */
function must(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(`the demo was refused: ${JSON.stringify(outcome.refusal)}`)
}

/** So many at once fill a batch or two; all of them would only wait in memory. */
const AT_ONCE = 64

/** Does the work of every item, in order, some of them at once. */
async function all<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await Promise.all(items.slice(from, from + AT_ONCE).map(work))
  }
}
