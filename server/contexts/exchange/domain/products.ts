import { digitsOf } from '#platform/money'

import type { AttributeDefinition, VariantDraft } from '#context/catalog'

import type { RowFault } from '../contract.ts'
import { minorUnits, wholeNumber } from './amounts.ts'
import type { Column } from './columns.ts'
import { componentsIn } from './components.ts'
import { fault, type TableRow } from './rows.ts'

/** No product has more variants. */
export const MOST_VARIANTS = 100

/** Whether a row goes on with the product of those before it. */
export function belongs(rows: readonly TableRow[], next: TableRow): boolean {
  const product = next.cells.get('product')
  return (
    product !== undefined &&
    rows.length < MOST_VARIANTS &&
    rows.at(-1)?.cells.get('product') === product
  )
}

/** A body as the routes of products take it, or what is wrong with its cells. */
export type ProductBody = Readonly<{ [name: string]: unknown }>

interface Shop {
  readonly currency: string
  readonly languages: readonly string[]
}

/** What of the shop decides how rows are read. */
export interface Known {
  readonly attributes: ReadonlyMap<string, Pick<AttributeDefinition, 'kind'>>
  isNew(sku: string): boolean
}

/**
 * What rows say of a product, as the body of a POST or PATCH, and of its variants. The first row that
 * says something of the product is heard.
 */
export function productBody(
  columns: readonly Column[],
  records: readonly TableRow[],
  shop: Shop,
  { attributes, isNew }: Known,
): {
  readonly body: ProductBody
  readonly variants: readonly VariantDraft[]
  readonly faults: readonly RowFault[]
} {
  const faults: RowFault[] = []
  const first = (header: string): string | undefined =>
    records.find(({ cells }) => cells.has(header))?.cells.get(header)
  const line = records[0]?.line ?? 0
  const body: { [name: string]: unknown } = {}
  const add = (name: string, part: string, value: unknown): void => {
    body[name] = { ...(body[name] as object | undefined), [part]: value }
  }
  for (const { header, name, part } of columns) {
    const text = first(header)
    if (text === undefined) continue
    if (name === 'name' || name === 'description') add(name, part ?? shop.languages[0] ?? '', text)
    else if (name === 'category' || name === 'brand' || name === 'taxCategory') body[name] = text
    else if (name === 'product') body['slug'] = text
    else if (name === 'attribute') {
      const code = part ?? ''
      add('attributes', code, valueOf(text, attributes.get(code)?.kind))
    } else if (name === 'pictures') {
      body['pictures'] = text.split('|').map((asset) => ({ asset: asset.trim() }))
    } else if (name === 'status') {
      const status = text.toLowerCase()
      if (status === 'published' || status === 'hidden') body['publication'] = { status }
      else faults.push(fault(line, 'status', 'exchange.status-wrong', 'Say published or hidden.'))
    }
  }
  const variants = records.map((record) => variantOf(columns, record, shop, faults))
  // Rows that say nothing of variants that are there already leave them alone.
  const saying = variants.filter((variant) => isNew(variant.sku) || Object.keys(variant).length > 1)
  return { body, variants: saying, faults }
}

function variantOf(
  columns: readonly Column[],
  { line, cells }: TableRow,
  { currency }: Shop,
  faults: RowFault[],
): VariantDraft {
  const variant: { -readonly [K in keyof VariantDraft]: VariantDraft[K] } = {
    sku: cells.get('sku') ?? '',
  }
  const options: { code: string; valueCode: string }[] = []
  for (const { header, name, part } of columns) {
    const text = cells.get(header)
    if (text === undefined) continue
    if (name === 'price') {
      const amount = minorUnits(text, digitsOf(currency))
      if (amount === undefined || amount === 0) {
        const reason = `${text} is no amount of ${currency}, or may be read in two ways.`
        faults.push(fault(line, 'price', 'exchange.amount-wrong', reason))
      } else variant.price = { amount, currency }
    } else if (name === 'weightGrams') {
      const grams = wholeNumber(text)
      if (grams === undefined) {
        faults.push(fault(line, header, 'exchange.number-wrong', `${text} is no whole number.`))
      } else variant.weightGrams = grams
    } else if (name === 'components') {
      const components = componentsIn(text)
      if (components === undefined) {
        const reason = 'Say SKUs, with semicolons between and how many of each: BALL-5*2;PUMP.'
        faults.push(fault(line, header, 'exchange.components-wrong', reason))
      } else variant.components = components
    } else if (name === 'option') options.push({ code: part ?? '', valueCode: text })
  }
  if (options.length > 0) variant.options = options
  return variant
}

/** What is no number is left as it is: the catalog says what is wrong with it. */
function valueOf(
  text: string,
  kind: AttributeDefinition['kind'] | undefined,
): string | number | boolean | readonly string[] {
  if (kind === 'choices') return text.split('|').map((each) => each.trim())
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (kind === 'number' && /^-?\d{1,12}(?:[.,]\d{1,6})?$/.test(text)) {
    return Number(text.replace(',', '.'))
  }
  return text
}
