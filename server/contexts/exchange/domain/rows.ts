import { digitsOf } from '#platform/money'

import type { RowFault } from '../contract.ts'
import { minorUnits, wholeNumber } from './amounts.ts'
import type { Column } from './columns.ts'

/** One row by its columns; cells without text are absent. */
export interface TableRow {
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

export function recordOf(
  columns: readonly Column[],
  { line, cells }: { readonly line: number; readonly cells: readonly string[] },
): TableRow {
  const said = new Map<string, string>()
  for (const [place, { header }] of columns.entries()) {
    const text = (cells[place] ?? '').trim()
    if (text !== '') said.set(header, text)
  }
  return { line, cells: said }
}

/** Bytes that are none of the file's encoding are read as U+FFFD; control characters stand in no text. */
const NO_LETTER = /\uFFFD|[^\P{Cc}\t\n\r]/gu

/** Cells that are not all text: nothing could look for them, or keep them. */
export function brokenCells({ line, cells }: TableRow): readonly RowFault[] {
  const faults: RowFault[] = []
  for (const [column, text] of cells) {
    if (text.search(NO_LETTER) === -1) continue
    const reason = `Bytes of it are no letters: ${text.replace(NO_LETTER, '\uFFFD')}`
    faults.push(fault(line, column, 'exchange.encoding-broken', reason))
  }
  return faults
}

/** As much as a price may be, of whatever currency, in minor units. */
const MOST_MONEY = 1_000_000_000

export interface PriceRow {
  readonly sku: string
  readonly currency: string
  /** Minor units; null where the SKU is not to be sold in it. */
  readonly amount: number | null
}

export interface StockRow {
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
}

export type Read<T> = { readonly row: T } | { readonly faults: readonly RowFault[] }

export function fault(line: number, column: string | null, code: string, reason: string): RowFault {
  return { line, column, code, reason: reason.slice(0, 500) }
}

export function priceRow({ line, cells }: TableRow): Read<PriceRow> {
  const [sku, currency, price] = ['sku', 'currency', 'price'].map((name) => cells.get(name))
  if (sku === undefined) return missing(line, 'sku')
  if (currency === undefined) return missing(line, 'currency')
  if (!/^[A-Z]{3}$/.test(currency)) {
    return one(fault(line, 'currency', 'exchange.currency-wrong', `${currency} is no currency.`))
  }
  if (price === undefined) return { row: { sku, currency, amount: null } }
  const amount = minorUnits(price, digitsOf(currency))
  if (amount === undefined || amount === 0 || amount > MOST_MONEY) {
    return wrongAmount(line, 'price', price)
  }
  return { row: { sku, currency, amount } }
}

export function stockRow({ line, cells }: TableRow): Read<StockRow> {
  const [sku, warehouse, text] = ['sku', 'warehouse', 'quantity'].map((name) => cells.get(name))
  if (sku === undefined) return missing(line, 'sku')
  if (warehouse === undefined) return missing(line, 'warehouse')
  if (text === undefined) return missing(line, 'quantity')
  const quantity = wholeNumber(text)
  if (quantity === undefined || quantity > 1_000_000_000) {
    const reason = `${text} is no number of units.`
    return one(fault(line, 'quantity', 'exchange.number-wrong', reason))
  }
  return { row: { sku, warehouse, quantity } }
}

export function one(found: RowFault): { readonly faults: readonly RowFault[] } {
  return { faults: [found] }
}

export function missing(line: number, column: string): { readonly faults: readonly RowFault[] } {
  return one(fault(line, column, 'exchange.cell-missing', `There is no ${column}.`))
}

export function wrongAmount(
  line: number,
  column: string,
  text: string,
): { readonly faults: readonly RowFault[] } {
  const reason = `${text} is no price in this currency, or may be read in two ways.`
  return one(fault(line, column, 'exchange.amount-wrong', reason))
}
