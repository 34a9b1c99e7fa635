/** One row of a table as a file has it. */
export interface Row {
  /** Where it begins in the file, from 1; of a sheet, its own number. */
  readonly line: number
  readonly cells: readonly string[]
}

export type FaultCode =
  | 'cell-too-long'
  | 'columns-too-many'
  | 'file-empty'
  | 'file-unreadable'
  | 'quote-open'
  | 'row-too-long'
  | 'sheet-missing'
  | 'sheet-too-large'

/** The file itself cannot be read on from here. */
export class TableFault extends Error {
  readonly code: FaultCode
  readonly line: number

  constructor(code: FaultCode, line: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TableFault'
    this.code = code
    this.line = line
  }
}

/** No table of ours is wider, and no text of ours is longer. */
export const MOST_COLUMNS = 500
export const LONGEST_CELL = 100_000

/** The row, if it is none that nobody of good faith would send. */
export function bounded(row: Row): Row {
  if (row.cells.length > MOST_COLUMNS) {
    const message = `Row ${row.line} has ${row.cells.length} columns; there may be ${MOST_COLUMNS}.`
    throw new TableFault('columns-too-many', row.line, message)
  }
  const long = row.cells.findIndex((cell) => cell.length > LONGEST_CELL)
  if (long >= 0) {
    const message = `Cell ${long + 1} of row ${row.line} has more than ${LONGEST_CELL} characters.`
    throw new TableFault('cell-too-long', row.line, message)
  }
  return row
}
