import { decimalOf, type Money } from '#platform/money'

import { element, PROLOG, xml } from './xml.ts'

/** One SKU as a marketplace lists it. */
export interface FeedItem {
  readonly sku: string
  /** The product, where it has several SKUs. */
  readonly group: string | undefined
  readonly title: string
  readonly description: string
  readonly link: string
  readonly image: string | undefined
  readonly availability: 'in_stock' | 'out_of_stock'
  readonly price: Money
  readonly brand: string | undefined
  readonly category: string
  readonly weightGrams: number | null
}

/** Limits of Google's product data specification. */
const TITLE = 150
const DESCRIPTION = 5_000

/** A product feed in the form Google Merchant Center reads: RSS 2.0 with its own elements. */
export function feed(shop: string, home: string, items: readonly FeedItem[]): string {
  return `${PROLOG}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
${element('title', shop)}${element('link', home)}${element('description', shop)}
${items.map(itemOf).join('')}</channel>
</rss>
`
}

function itemOf(item: FeedItem): string {
  const fields = [
    element('g:id', item.sku),
    element('g:item_group_id', item.group),
    element('g:title', item.title.slice(0, TITLE)),
    element('g:description', item.description.slice(0, DESCRIPTION)),
    element('g:link', item.link),
    element('g:image_link', item.image),
    element('g:availability', item.availability),
    element('g:price', decimal(item.price)),
    element('g:condition', 'new'),
    element('g:brand', item.brand),
    element('g:mpn', item.sku),
    element('g:product_type', item.category),
    item.weightGrams === null ? '' : element('g:shipping_weight', `${item.weightGrams} g`),
  ]
  return `<item>${fields.join('')}</item>\n`
}

/** `1299.00 UAH`: the digits of ISO 4217 behind a point, whatever the language. */
export function decimal(price: Money): string {
  return `${decimalOf(price)} ${xml(price.currency)}`
}
