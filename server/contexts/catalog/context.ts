import type { Availabilities, StockLevels } from '#context/inventory'
import type { Sharing } from '#platform/cache/sharing'
import { forgetWhatChanges } from '#platform/cache/forget-what-changes'
import type { Tail } from '#platform/cache/tail'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { addBrand } from './commands/add-brand.ts'
import { addCategory } from './commands/add-category.ts'
import { archiveProduct } from './commands/archive-product.ts'
import { changeProduct } from './commands/change-product.ts'
import { createProduct } from './commands/create-product.ts'
import { editProduct } from './commands/edit-product.ts'
import { mergeProduct } from './commands/merge-product.ts'
import { mergeRows } from './commands/merge-rows.ts'
import { removeCategory } from './commands/remove-category.ts'
import { setAttribute } from './commands/set-attribute.ts'
import { setBrand } from './commands/set-brand.ts'
import { setCategory } from './commands/set-category.ts'
import type {
  AttributeDefinition,
  CatalogChanges,
  CatalogProducts,
  LiveProducts,
  Offers,
} from './contract.ts'
import type { CatalogDesk } from './contract/desk.ts'
import type { CatalogPages } from './contract/pages.ts'
import { looks } from './http/looks.ts'
import { problems } from './http/problems.ts'
import { catalogRoutes } from './http/routes.ts'
import { catalogProducts } from './queries/catalog-products.ts'
import { knownDefinitions, listAttributes } from './queries/definitions.ts'
import { deskPages } from './queries/desk.ts'
import { findingProducts } from './queries/find-product.ts'
import { productLists } from './queries/list-products.ts'
import { liveProducts } from './queries/live-products.ts'
import { openOffers, type RememberedOffers } from './queries/offers.ts'
import { openPlaces } from './queries/places.ts'
import { plainWords } from './queries/plain-words.ts'
import { saidNow, type SaidParts } from './queries/said-of.ts'
import { onRating } from './reactions/on-rating.ts'

export interface CatalogParts extends SaidParts {
  /** As `openCatalogOffers` made them; its own where nobody needed them before. */
  readonly offers?: RememberedOffers
  readonly levels: StockLevels
  /** Without it everything that is free is in stock, and nothing is low. */
  readonly words?: Availabilities
  /** The end of the log, for who serves requests. */
  readonly tail?: Tail | undefined
  /** Where other processes find pages that this one made. */
  readonly sharing?: Sharing | undefined
}

/** What is sold under which SKU, opened before everything else: prices need it, and lists need prices. */
export function openCatalogOffers(
  platform: Pick<Platform, 'reads' | 'clock' | 'waiting'>,
  tail: Tail | undefined,
): RememberedOffers {
  const offers = openOffers(platform)
  forgetWhatChanges(tail, 'catalog.', offers)
  return offers
}

/** Opened after inventory's stock levels, pricing and ratings, and before inventory itself. */
export function openCatalog(
  platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids' | 'waiting'>,
  parts: CatalogParts,
): {
  context: Context
  offers: Offers
  products: CatalogProducts
  live: LiveProducts
  changes: CatalogChanges
  desk: CatalogDesk
  pages: CatalogPages
  looks: typeof looks
  /** Which attributes products may have, by code; at most 1 s old. */
  definitionsOf: (tenant: TenantId) => Promise<ReadonlyMap<string, AttributeDefinition>>
} {
  const { levels, tail, ratings, offers = openCatalogOffers(platform, tail) } = parts
  const { words = plainWords(levels) } = parts
  const places = openPlaces(platform, tail)
  const definitions = knownDefinitions(platform, tail)
  const lists = productLists(platform, { ...parts, words, places, definitions })
  const changed = (tenant: TenantId): void => {
    offers.forget(tenant)
    places.forget(tenant)
    definitions.forget(tenant)
    lists.forget(tenant)
  }

  const edit = editProduct(platform, changed)
  const changes: CatalogChanges = {
    createProduct: createProduct(platform, changed),
    changeProduct: changeProduct(edit),
    archiveProduct: archiveProduct(platform, changed),
    addCategory: addCategory(platform, changed),
    addBrand: addBrand(platform, changed),
    setAttribute: setAttribute(platform, changed),
  }
  const desk: CatalogDesk = {
    setCategory: setCategory(platform, changed),
    removeCategory: removeCategory(platform, changed),
    setBrand: setBrand(platform, changed),
    mergeProduct: mergeProduct(edit),
    mergeRows: mergeRows(edit),
  }
  const pages: CatalogPages = {
    listProducts: lists.list,
    ...findingProducts(platform, words, saidNow(parts), definitions),
    listCategories: places.categories,
    findCategory: places.findCategory,
    listBrands: places.brands,
    listAttributes: listAttributes(definitions),
  }
  return {
    context: {
      name: 'catalog',
      routes: catalogRoutes({ changes, pages, desk, deskPages: deskPages(platform) }),
      problems,
      figures: lists.figures,
      subscriptions: ratings === undefined ? [] : [onRating(platform, ratings)],
    },
    offers,
    products: catalogProducts(platform, ratings),
    live: liveProducts(platform),
    changes,
    desk,
    pages,
    looks,
    definitionsOf: (tenant) => definitions.of(tenant),
  }
}
