import type { StockLevels } from '#context/inventory'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { addBrand } from './commands/add-brand.ts'
import { addCategory } from './commands/add-category.ts'
import { archiveProduct } from './commands/archive-product.ts'
import { changeProduct } from './commands/change-product.ts'
import { createProduct } from './commands/create-product.ts'
import type { CatalogChanges, CatalogPages, Offers } from './contract.ts'
import { problems } from './http/problems.ts'
import { catalogRoutes } from './http/routes.ts'
import { findProduct } from './queries/find-product.ts'
import { productLists } from './queries/list-products.ts'
import { openOffers } from './queries/offers.ts'
import { openPlaces } from './queries/places.ts'

/** Opened after inventory's stock levels and before inventory itself, which needs the offers. */
export function openCatalog(
  platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids' | 'waiting'>,
  { levels }: { readonly levels: StockLevels },
): { context: Context; offers: Offers; changes: CatalogChanges; pages: CatalogPages } {
  const offers = openOffers(platform)
  const places = openPlaces(platform)
  const lists = productLists(platform, places, levels)
  const changed = (tenant: TenantId): void => {
    offers.forget(tenant)
    places.forget(tenant)
    lists.forget(tenant)
  }

  const changes: CatalogChanges = {
    createProduct: createProduct(platform, changed),
    changeProduct: changeProduct(platform, changed),
    archiveProduct: archiveProduct(platform, changed),
    addCategory: addCategory(platform, changed),
    addBrand: addBrand(platform, changed),
  }
  const pages: CatalogPages = {
    listProducts: lists.list,
    findProduct: findProduct(platform, levels),
    listCategories: places.categories,
    listBrands: places.brands,
  }
  return {
    context: { name: 'catalog', routes: catalogRoutes(changes, pages), problems },
    offers,
    changes,
    pages,
  }
}
