import { pipeline, Readable } from 'node:stream'

import { stringify } from 'csv-stringify'
import { ZipFile } from 'yazl'

import { inert } from './formula.ts'

/** A file that is written as it is read: nothing of it is kept. */
export type Written = Readable

/** CSV as RFC 4180 says, in UTF-8, with a byte order mark for spreadsheets that guess otherwise. */
export function csvFile(rows: AsyncIterable<readonly string[]>, { hasMark = true } = {}): Written {
  const written = stringify({ bom: hasMark, record_delimiter: '\r\n' })
  // Rows that fail break the file off: whoever reads it is told, and does not wait for ever.
  pipeline(Readable.from(inertRows(rows)), written, () => undefined)
  return written
}

async function* inertRows(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string[]> {
  for await (const cells of rows) yield cells.map(inert)
}

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Beside the sheet, all that ECMA-376 asks of a workbook. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="${NAMESPACE}" xmlns:r="${OFFICE}"><sheets><sheet name="Torg" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

/** A workbook of one sheet. Cells are texts, so no formula is ever one. */
export function xlsxFile(rows: AsyncIterable<readonly string[]>): Written {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(text), name)
  const written = zip.outputStream as Readable
  const cells = Readable.from(sheet(rows))
  // As above; and rows of a file that nobody reads any more are not read on.
  cells.on('error', (error) => written.destroy(error))
  written.on('close', () => cells.destroy())
  zip.addReadStream(cells, 'xl/worksheets/sheet1.xml')
  zip.end()
  return written
}

async function* sheet(rows: AsyncIterable<readonly string[]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${HEAD}<worksheet xmlns="${NAMESPACE}"><sheetData>`)
  let piece = ''
  for await (const cells of rows) {
    piece += `<row>${cells.map(cellOf).join('')}</row>`
    if (piece.length < 64 * 1024) continue
    yield Buffer.from(piece)
    piece = ''
  }
  yield Buffer.from(`${piece}</sheetData></worksheet>`)
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function cellOf(text: string): string {
  if (text === '') return '<c/>'
  // oxlint-disable-next-line no-control-regex -- what XML 1.0 forbids
  const allowed = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
  const escaped = allowed.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? '').replaceAll('\r', '&#13;')
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`
}
