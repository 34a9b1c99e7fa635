/** What the catalog refuses, by public code. */
export type CatalogRefusal =
  | { readonly code: 'catalog.product-unknown'; readonly productId: string }
  | {
      readonly code: 'catalog.product-gone'
      readonly productId: string
      readonly name: string
      readonly category: string | null
    }
  | { readonly code: 'catalog.product-archived'; readonly productId: string }
  | { readonly code: 'catalog.version-stale'; readonly version: number }
  | { readonly code: 'catalog.sku-taken'; readonly sku: string }
  | { readonly code: 'catalog.slug-taken'; readonly slug: string }
  | { readonly code: 'catalog.category-taken'; readonly slug: string }
  | { readonly code: 'catalog.brand-taken'; readonly slug: string }
  | { readonly code: 'catalog.category-unknown'; readonly category: string }
  | { readonly code: 'catalog.brand-unknown'; readonly brand: string }
  | { readonly code: 'catalog.currency-wrong'; readonly expected: string; readonly given: string }
  | { readonly code: 'catalog.language-unknown'; readonly language: string }
  | { readonly code: 'catalog.text-missing'; readonly field: string; readonly language: string }
  | { readonly code: 'catalog.sku-repeated'; readonly sku: string }
  | { readonly code: 'catalog.options-repeated'; readonly sku: string }
  | { readonly code: 'catalog.product-incomplete'; readonly reason: string }
  | { readonly code: 'catalog.attribute-unknown'; readonly attribute: string }
  | {
      readonly code: 'catalog.attribute-wrong'
      readonly attribute: string
      readonly reason: string
    }
  | {
      readonly code: 'catalog.attribute-fixed'
      readonly attribute: string
      readonly reason: string
    }
  | { readonly code: 'catalog.attributes-full'; readonly most: number }
  | { readonly code: 'catalog.option-unknown'; readonly sku: string; readonly option: string }
  | { readonly code: 'catalog.component-wrong'; readonly sku: string; readonly reason: string }
  | { readonly code: 'catalog.component-of-bundle'; readonly sku: string }
  | { readonly code: 'catalog.related-unknown'; readonly productId: string }
  | { readonly code: 'catalog.publication-wrong'; readonly reason: string }
  | { readonly code: 'catalog.category-not-there'; readonly category: string }
  | { readonly code: 'catalog.category-gone'; readonly category: string }
  | { readonly code: 'catalog.category-leads-nowhere'; readonly leadsTo: string }
  | { readonly code: 'catalog.category-cycle'; readonly category: string }
  | { readonly code: 'catalog.category-too-deep'; readonly most: number }
  | { readonly code: 'catalog.category-not-empty'; readonly category: string }
  | { readonly code: 'catalog.categories-full'; readonly most: number }
