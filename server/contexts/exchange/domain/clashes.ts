import type { RowFault, TableKind } from '../contract.ts'
import { fault, type TableRow } from './rows.ts'

/** So many things are remembered: of a longer table, what its end says twice is not seen. */
const MOST_REMEMBERED = 500_000

/** What rows of a table say of each other's things. */
export interface Clash {
  /** What was said before, and would be replaced. */
  readonly notes: readonly RowFault[]
  /** The line that would make a product of this name before, if these rows would make another. */
  readonly maker: number | undefined
}

export interface Clashes {
  /** Rows that were judged before. */
  learn(record: TableRow): void
  /** Rows of one product, or one row; they are learned as well. */
  see(group: readonly TableRow[]): Clash
}

/**
 * What a trial cannot learn from the shop, because it changes nothing there: that two rows of the table
 * speak of the same thing. Its memory grows with the table, up to a limit.
 */
export function openClashes(kind: TableKind): Clashes {
  const lines = new Map<string, number>()
  const learnName = (name: string | undefined, line: number): void => {
    if (name !== undefined && lines.size < MOST_REMEMBERED && !lines.has(name)) {
      lines.set(name, line)
    }
  }
  const learn = (record: TableRow): void => {
    learnName(thingOf(kind, record), record.line)
    learnName(productOf(kind, record), record.line)
  }
  return {
    learn,
    see(group) {
      const [first] = group
      const product = first === undefined ? undefined : productOf(kind, first)
      const before = product === undefined ? undefined : lines.get(product)
      const notes: RowFault[] = []
      for (const record of group) {
        const said = lines.get(thingOf(kind, record))
        if (said !== undefined) {
          const reason = `Line ${said} speaks of it as well; what stands here would hold.`
          notes.push(fault(record.line, 'sku', 'exchange.said-twice', reason))
        }
        learn(record)
      }
      return { notes, maker: notes.length === 0 ? before : undefined }
    },
  }
}

/** What one row is of. */
function thingOf(kind: TableKind, { cells }: TableRow): string {
  const beside = { products: undefined, prices: 'currency', stock: 'warehouse' }[kind]
  return `${cells.get('sku') ?? ''} ${beside === undefined ? '' : (cells.get(beside) ?? '')}`
}

/** No SKU begins with a space. */
function productOf(kind: TableKind, { cells }: TableRow): string | undefined {
  const product = kind === 'products' ? cells.get('product') : undefined
  return product === undefined ? undefined : ` ${product}`
}
