import type { TableKind } from '../contract.ts'

/** What a column holds: `name.uk` is the part `uk` of `name`. */
export interface Column {
  readonly header: string
  readonly name: string
  readonly part: string | null
}

export interface ColumnFault {
  readonly column: string
  readonly code: 'column-missing' | 'column-repeated' | 'column-unknown'
}

/** By name, whether a column may have parts, and whether there must be one. */
type Allowed = Readonly<Record<string, { readonly parts?: 'may' | 'must'; readonly needed?: true }>>

const COLUMNS: Readonly<Record<TableKind, Allowed>> = {
  products: {
    sku: { needed: true },
    product: {},
    name: { parts: 'may' },
    description: { parts: 'may' },
    category: {},
    brand: {},
    price: {},
    weightGrams: {},
    status: {},
    taxCategory: {},
    option: { parts: 'must' },
    attribute: { parts: 'must' },
    pictures: {},
    components: {},
  },
  prices: { sku: { needed: true }, currency: { needed: true }, price: { needed: true } },
  stock: { sku: { needed: true }, warehouse: { needed: true }, quantity: { needed: true } },
}

const PART = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/

/** What the header of a table says its columns are, or all that is wrong with it. */
export function columnsOf(
  kind: TableKind,
  header: readonly string[],
): { readonly columns: readonly Column[]; readonly faults: readonly ColumnFault[] } {
  const allowed = COLUMNS[kind]
  const faults: ColumnFault[] = []
  const columns: Column[] = []
  const seen = new Set<string>()
  for (const [place, given] of header.entries()) {
    const text = given.normalize('NFKC').trim()
    // A column without a name that stands behind all others is what spreadsheets leave there.
    if (text === '' && header.slice(place).every((each) => each.trim() === '')) break
    const dot = text.indexOf('.')
    const name = dot < 0 ? text : text.slice(0, dot)
    const part = dot < 0 ? null : text.slice(dot + 1)
    const rule = Object.hasOwn(allowed, name) ? allowed[name] : undefined
    const isAllowed =
      rule !== undefined &&
      (part === null ? rule.parts !== 'must' : rule.parts !== undefined && PART.test(part))
    if (!isAllowed) faults.push({ column: text, code: 'column-unknown' })
    else if (seen.has(text)) faults.push({ column: text, code: 'column-repeated' })
    seen.add(text)
    columns.push({ header: text, name, part })
  }
  for (const [name, { needed }] of Object.entries(allowed)) {
    if (needed === true && !seen.has(name)) faults.push({ column: name, code: 'column-missing' })
  }
  return { columns, faults }
}
