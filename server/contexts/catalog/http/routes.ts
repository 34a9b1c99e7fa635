import type { Route } from '#platform/http/route'

import type { CatalogChanges } from '../contract.ts'
import type { CatalogDesk, CatalogDeskPages } from '../contract/desk.ts'
import type { CatalogPages } from '../contract/pages.ts'
import { attributeRoutes } from './attribute-routes.ts'
import { brandRoutes } from './brand-routes.ts'
import { categoryRoutes } from './category-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { listRoute } from './list-route.ts'
import { productRoutes } from './product-routes.ts'

/** What the routes ask. */
export interface CatalogParts {
  readonly changes: CatalogChanges
  readonly pages: CatalogPages
  readonly desk: CatalogDesk
  readonly deskPages: CatalogDeskPages
}

export function catalogRoutes({ changes, pages, desk, deskPages }: CatalogParts): readonly Route[] {
  return [
    listRoute(pages),
    ...productRoutes(changes, pages, desk),
    ...categoryRoutes(changes, pages, desk),
    ...brandRoutes(changes, pages, desk),
    ...attributeRoutes(changes, pages),
    ...deskRoutes(deskPages),
  ]
}
