/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), apostrophes before it or not. */
const FORMULA = /^'*[=+\-@\t\r]/

const NUMBER = /^-?\d+(?:[.,]\d+)?$/

/** A text as a cell that no spreadsheet runs: an apostrophe goes before what it would take for a formula. */
export function inert(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}

/** The text of a cell that `inert` made. */
export function plain(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
}
