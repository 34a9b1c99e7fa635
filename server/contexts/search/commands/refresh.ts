import type { CatalogProducts, IndexedProduct } from '#context/catalog'
import type { Availabilities, Availability } from '#context/inventory'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { Unavailable } from '#platform/outcome'
import { openRoom, turns } from '#platform/turns'
import type { Write } from '#platform/write/commit'

import { entryOf } from '../domain/make-entry.ts'
import {
  availabilityOf,
  entriesOfProducts,
  putAvailability,
  putDocument,
} from '../store/documents.ts'
import { commitRows } from './commit.ts'

/** Products read and written together. */
export const AT_ONCE = 100

/** Steps of one call under way at once: a part may move that thousands of bundles have. */
const STEPS = 4

/** Another process may write the same product; nobody loses so often in a row. */
const TRIES = 5

export interface RefreshParts {
  readonly products: Pick<CatalogProducts, 'products' | 'idsAfter'>
  readonly availabilities: Pick<Availabilities, 'of'>
}

/** Makes the index say what the catalog and the stock say now. */
export interface Refresh {
  /** Of these products; says how many rows were others. Safe to run twice and side by side. */
  products(tenant: TenantId, ids: readonly Id[]): Promise<number>
  /** Whether there are units of these products; what they are is left as it is. */
  stock(tenant: TenantId, ids: readonly Id[]): Promise<number>
  /** Of everything the shop has, in its order, in bounded steps: nothing is ever missing meanwhile. */
  everything(tenant: TenantId): Promise<number>
  /** Of the next so many products behind one; `next` is null when there are no more. */
  some(
    tenant: TenantId,
    after: Id | null,
    limit: number,
  ): Promise<{ next: Id | null; changed: number }>
}

export function openRefresh(
  platform: Pick<Platform, 'reads' | 'write' | 'ids'>,
  parts: RefreshParts,
): Refresh {
  return new Refreshing(platform, parts)
}

/** What is made anew: everything, or only whether there are units. */
type What = 'everything' | 'stock'

class Refreshing implements Refresh {
  private readonly platform: Pick<Platform, 'reads' | 'write' | 'ids'>
  private readonly parts: RefreshParts
  /** What is done with each product: one after the other, so that what was read first is written first. */
  private readonly inTurn = turns()

  constructor(platform: Refreshing['platform'], parts: RefreshParts) {
    this.platform = platform
    this.parts = parts
  }

  products(tenant: TenantId, ids: readonly Id[]): Promise<number> {
    return this.inSteps(tenant, [...new Set(ids)], 'everything')
  }

  stock(tenant: TenantId, ids: readonly Id[]): Promise<number> {
    return this.inSteps(tenant, [...new Set(ids)], 'stock')
  }

  async some(tenant: TenantId, after: Id | null, limit: number) {
    const ids = await this.parts.products.idsAfter(tenant, after, limit)
    const changed = await this.inSteps(tenant, ids, 'everything')
    return { next: ids.length < limit ? null : (ids.at(-1) ?? null), changed }
  }

  async everything(tenant: TenantId): Promise<number> {
    let total = 0
    for (let after: Id | null = null; ;) {
      const step: { next: Id | null; changed: number } = await this.some(tenant, after, AT_ONCE * 5)
      total += step.changed
      if (step.next === null) return total
      after = step.next
    }
  }

  private async inSteps(tenant: TenantId, ids: readonly Id[], what: What): Promise<number> {
    const room = openRoom(STEPS)
    const inRoom = async (step: readonly Id[]): Promise<number> => {
      await room.enter()
      try {
        return await this.inTurn(step, [], () => this.refresh(tenant, step, what))
      } finally {
        room.leave()
      }
    }
    const steps: Promise<number>[] = []
    for (let first = 0; first < ids.length; first += AT_ONCE) {
      steps.push(inRoom(ids.slice(first, first + AT_ONCE)))
    }
    return (await Promise.all(steps)).reduce((sum, changed) => sum + changed, 0)
  }

  private async refresh(tenant: TenantId, ids: readonly Id[], what: What): Promise<number> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const rows = await this.changesOf(tenant, ids, what)
      if (await commitRows(this.platform, tenant, 'search/refresh', rows)) {
        return rows.filter(({ verb }) => verb === 'insert').length
      }
    }
    throw new Unavailable('others index the same products')
  }

  private async changesOf(
    tenant: TenantId,
    ids: readonly Id[],
    what: What,
  ): Promise<readonly Write[]> {
    const { products, availabilities } = this.parts
    const { reads } = this.platform
    const [found, before, available] = await Promise.all([
      products.products(tenant, ids, what === 'everything'),
      what === 'stock' ? new Map() : entriesOfProducts(reads, tenant, ids),
      availabilityOf(reads, tenant, ids),
    ])
    const skus = found.flatMap((product) => product.skus)
    const stock = await availabilities.of(tenant, skus)
    const byId = new Map(found.map((product) => [product.id, product]))
    return ids.flatMap((id) => {
      const product = byId.get(id)
      const isAvailable = product?.skus.some((sku) => isSold(stock.get(sku))) ?? false
      const noted = available.get(id)
      // Of what comes without units nothing is noted, until some move.
      const isKnown = (what === 'stock' ? noted?.value : (noted?.value ?? false)) === isAvailable
      const units = isKnown ? [] : putAvailability(id, isAvailable, noted)
      if (what === 'stock') return units
      const [known, entry] = [before.get(id), jsonOf(product)]
      if (known !== undefined && known.value === entry) return units
      const row = { id, version: product?.version ?? 1, entry }
      return [...putDocument(row, known), ...units]
    })
  }
}

function jsonOf(product: IndexedProduct | undefined): string | null {
  const entry = product === undefined ? undefined : entryOf(product)
  return entry === undefined ? null : JSON.stringify(entry)
}

/** Units are there, or are sold before they are. */
function isSold(stock: Availability | undefined): boolean {
  return stock !== undefined && stock.word !== 'out'
}
