import type { ProblemTable } from '#platform/http/route'

import type { CatalogRefusal } from '../contract/refusals.ts'

export const problems: ProblemTable<CatalogRefusal['code']> = {
  'catalog.product-unknown': {
    status: 404,
    title: 'This shop has no such product',
    detail: 'There is no product {productId} here.',
  },
  'catalog.product-gone': {
    status: 410,
    title: 'This product was sold here once',
    detail: '{name} is sold no longer.',
  },
  'catalog.product-archived': {
    status: 409,
    title: 'This product is no longer sold',
    detail: 'The product {productId} is archived and cannot be changed.',
  },
  'catalog.version-stale': {
    status: 412,
    title: 'Someone else has changed this product',
    detail: 'It is at version {version} by now. Read it again before you change it.',
  },
  'catalog.sku-taken': {
    status: 409,
    title: 'Another product has this SKU',
    detail: 'The SKU {sku} belongs to another product, which may be archived; it is never reused.',
  },
  'catalog.slug-taken': {
    status: 409,
    title: 'Another product has this address',
    detail: 'The slug {slug} belongs, or once belonged, to another product.',
  },
  'catalog.category-taken': {
    status: 409,
    title: 'There is a category of this slug',
    detail: 'The shop has the category {slug} already.',
  },
  'catalog.brand-taken': {
    status: 409,
    title: 'There is a brand of this slug',
    detail: 'The shop has the brand {slug} already.',
  },
  'catalog.category-unknown': {
    status: 422,
    title: 'This shop has no such category',
    detail: 'There is no category {category}. Add it first.',
  },
  'catalog.brand-unknown': {
    status: 422,
    title: 'This shop has no such brand',
    detail: 'There is no brand {brand}. Add it first.',
  },
  'catalog.currency-wrong': {
    status: 422,
    title: 'This shop sells in another currency',
    detail: 'Prices of this shop are in {expected}, not in {given}.',
  },
  'catalog.language-unknown': {
    status: 422,
    title: 'This shop does not have this language',
    detail: 'The language {language} is not one of this shop.',
  },
  'catalog.text-missing': {
    status: 422,
    title: 'A text is missing',
    detail: 'The text {field} is missing in {language}, the first language of this shop.',
  },
  'catalog.sku-repeated': {
    status: 422,
    title: 'Two variants have the same SKU',
    detail: 'The SKU {sku} appears more than once.',
  },
  'catalog.options-repeated': {
    status: 422,
    title: 'Two variants have the same options',
    detail: 'Nobody could tell {sku} from another variant of the product.',
  },
  'catalog.product-incomplete': {
    status: 422,
    title: 'Something of the product is missing',
    detail: '{reason}',
  },
  'catalog.attribute-unknown': {
    status: 422,
    title: 'This shop has no such attribute',
    detail: 'There is no attribute {attribute}. Define it first.',
  },
  'catalog.attribute-wrong': {
    status: 422,
    title: 'This is no value of that attribute',
    detail: 'The attribute {attribute} cannot be that. {reason}',
  },
  'catalog.attribute-fixed': {
    status: 422,
    title: 'This cannot be said of an attribute',
    detail: 'The attribute {attribute} cannot be defined so. {reason}',
  },
  'catalog.attributes-full': {
    status: 422,
    title: 'There are too many attributes',
    detail: 'A shop has at most {most} attributes.',
  },
  'catalog.option-unknown': {
    status: 422,
    title: 'A variant does not keep to the option groups',
    detail: 'The variant {sku} has {option}; each has one value of every group and nothing else.',
  },
  'catalog.component-wrong': {
    status: 422,
    title: 'This cannot go into a bundle',
    detail: 'The SKU {sku} cannot go into this bundle. {reason}',
  },
  'catalog.component-of-bundle': {
    status: 409,
    title: 'What goes into bundles cannot be one',
    detail: 'The SKU {sku} is or was part of a bundle, so it cannot become one.',
  },
  'catalog.related-unknown': {
    status: 422,
    title: 'This shop has no such related product',
    detail: 'There is no other product {productId} here.',
  },
  'catalog.publication-wrong': {
    status: 422,
    title: 'A product cannot be published so',
    detail: '{reason}',
  },
  'catalog.category-not-there': {
    status: 404,
    title: 'This shop has no such category',
    detail: 'There is no category {category} here.',
  },
  'catalog.category-gone': {
    status: 410,
    title: 'This category was here once',
    detail: 'The category {category} was removed, and nothing stands for it.',
  },
  'catalog.category-leads-nowhere': {
    status: 422,
    title: 'The address would lead nowhere',
    detail: 'There is no other category {leadsTo} that could stand for the one removed.',
  },
  'catalog.category-cycle': {
    status: 409,
    title: 'A category cannot stand below itself',
    detail: 'The category {category} cannot be moved to itself or below itself.',
  },
  'catalog.category-too-deep': {
    status: 422,
    title: 'The tree of categories would be too deep',
    detail: 'Categories stand at most {most} deep.',
  },
  'catalog.category-not-empty': {
    status: 409,
    title: 'This category is not empty',
    detail: 'The category {category} has products or categories in it. Move them first.',
  },
  'catalog.categories-full': {
    status: 422,
    title: 'There are too many categories',
    detail: 'A shop has at most {most} categories.',
  },
}
