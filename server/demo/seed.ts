/** Fills an empty deployment with the demo: two shops, what they sell, their stock, their logins. */
import type { CatalogChanges } from '#context/catalog'
import type { Users } from '#context/identity'
import type { StockCommands } from '#context/inventory'
import type { NewShop } from '#context/tenants'
import type { Cause } from '#platform/http/route'
import { see } from '#platform/log/streams'
import type { OpenPlatform } from '#platform/open'
import { accept, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Aggregate } from '#platform/write/commit'

import { loadDemo, type DemoShop } from './catalog.ts'
import { stockFor } from './stock.ts'
import { DEMO_USERS } from './users.ts'

export interface SeedPorts {
  /** Makes the shop, or finds it. */
  readonly makeShop: (shop: NewShop) => Promise<Tenant>
  readonly catalog: CatalogChanges
  readonly stock: StockCommands
  readonly users: Users
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
  for (const shop of loadDemo()) {
    const { slug, name, currency, languages, holdMinutes, timeZone, delivery } = shop
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
  { catalog, stock, users }: SeedPorts,
  tenant: Tenant,
  shop: DemoShop,
  seed: number,
): Promise<void> {
  const language = shop.languages[0] ?? 'en'
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
  // One after another, so that lists show them in the order in which they are written.
  for (const { slug, category, brand, name, description, variants } of shop.products) {
    const drafts = variants.map(({ stock: _, ...variant }) => variant)
    const draft = { slug, category, brand, name, description, variants: drafts }
    must(await catalog.createProduct(tenant, draft, cause(`product/${slug}`), language))
  }
  await all(
    stockFor(shop, seed).filter(({ quantity }) => quantity > 0),
    async (delivery) => {
      const { sku, warehouse } = delivery
      const supplied = { ...delivery, supplierRef: 'opening stock' }
      must(await stock.receive(tenant.id, supplied, cause(`stock/${sku}/${warehouse}`)))
    },
  )
  await all(DEMO_USERS, async ({ roles, ...user }) => {
    must(await users.register(tenant, user, roles, cause(`user/${user.email}`)))
  })
}

/** The demo is part of the program, so a refusal here is a bug. */
function must(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(`the demo was refused: ${JSON.stringify(outcome.refusal)}`)
}

async function all<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  await Promise.all(items.map(work))
}
