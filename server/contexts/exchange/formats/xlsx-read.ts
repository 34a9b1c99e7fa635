import type { Readable } from 'node:stream'

import { SaxesParser } from 'saxes'
import yauzl, { type Entry, type ZipFile } from 'yauzl'

import { bounded, TableFault, type Row } from './rows.ts'

/** A part of a workbook has at most so many bytes, and at most so many times what it takes packed. */
const LARGEST_PART = 1_000_000_000
const LARGEST_RATIO = 200

/** Texts that stand in many cells are kept in memory: so many characters at most. */
const MOST_SHARED = 32_000_000

const MOST_PARTS = 1_000

/**
 * The rows of the first sheet of a workbook (ECMA-376), the header among them, empty ones left out.
 * Of a formula its last value counts. Reads as it is read from; texts shared by cells are kept.
 * Throws `TableFault` where it cannot go on.
 */
export async function* xlsxRows(path: string): AsyncGenerator<Row> {
  let zip: ZipFile
  try {
    zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true })
  } catch (error) {
    throw new TableFault('file-unreadable', 0, 'The file is no workbook.', { cause: error })
  }
  try {
    const parts = await partsOf(zip)
    const sheet = parts.get(await firstSheet(zip, parts))
    if (sheet === undefined) throw new TableFault('sheet-missing', 0, 'The workbook has no sheet.')
    const shared = await sharedTexts(zip, parts.get('xl/sharedStrings.xml'))
    yield* rowsOf(await opened(zip, sheet), shared)
  } catch (error) {
    if (error instanceof TableFault) throw error
    throw new TableFault('file-unreadable', 0, 'The workbook cannot be read.', { cause: error })
  } finally {
    zip.close()
  }
}

async function partsOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (parts.size >= MOST_PARTS) {
      throw new TableFault('file-unreadable', 0, `A workbook has at most ${MOST_PARTS} parts.`)
    }
    parts.set(entry.fileName, entry)
  }
  return parts
}

/** Refuses what unpacks into very much before a byte of it is unpacked; yauzl holds it to its word. */
async function opened(zip: ZipFile, entry: Entry): Promise<Readable> {
  const { uncompressedSize, compressedSize, fileName } = entry
  const isBomb = uncompressedSize > LARGEST_RATIO * Math.max(compressedSize, 10_000)
  if (uncompressedSize > LARGEST_PART || isBomb) {
    const message = `${fileName} has ${uncompressedSize} bytes unpacked, ${compressedSize} packed.`
    throw new TableFault('sheet-too-large', 0, message)
  }
  return zip.openReadStreamPromise(entry)
}

/** What stands in an XML part: names without prefixes, attributes, texts. */
interface Listener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** Reads a part; after each piece what the listener has gathered can be taken. */
async function* parsed(part: Readable, listener: Listener): AsyncGenerator<void> {
  const parser = new SaxesParser({ fragment: false })
  const bare = (name: string): string => name.slice(name.indexOf(':') + 1)
  parser.on('error', (error) => {
    throw new TableFault('file-unreadable', 0, error.message)
  })
  // No part of a workbook has one; entities begin there.
  parser.on('doctype', () => {
    throw new TableFault('file-unreadable', 0, 'The workbook declares a document type.')
  })
  parser.on('opentag', ({ name, attributes }) => {
    listener.open?.(bare(name), attributes as Record<string, string>)
  })
  parser.on('text', (text) => listener.text?.(text))
  parser.on('closetag', ({ name }) => listener.close?.(bare(name)))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of part as AsyncIterable<Uint8Array>) {
    parser.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  parser.close()
  yield
}

/** The path of the sheet that comes first in the workbook. */
async function firstSheet(zip: ZipFile, parts: ReadonlyMap<string, Entry>): Promise<string> {
  const usual = 'xl/worksheets/sheet1.xml'
  const [book, links] = [parts.get('xl/workbook.xml'), parts.get('xl/_rels/workbook.xml.rels')]
  if (book === undefined || links === undefined) return usual
  let first: string | undefined
  await all(await opened(zip, book), {
    open: (name, attributes) => {
      if (name === 'sheet') first ??= attributes['r:id']
    },
  })
  let path: string | undefined
  await all(await opened(zip, links), {
    open: (name, { Id: id, Target: target }) => {
      if (name === 'Relationship' && id === first) path = target
    },
  })
  if (path === undefined) return usual
  return path.startsWith('/') ? path.slice(1) : `xl/${path}`
}

async function sharedTexts(zip: ZipFile, entry: Entry | undefined): Promise<readonly string[]> {
  const texts: string[] = []
  if (entry === undefined) return texts
  let text = ''
  let isText = false
  let isHint = false
  let characters = 0
  await all(await opened(zip, entry), {
    open(name) {
      if (name === 'si') text = ''
      // Readings of East Asian words stand beside the words.
      if (name === 'rPh') isHint = true
      isText = name === 't' && !isHint
    },
    text(piece) {
      if (isText) text += piece
    },
    close(name) {
      if (name === 't') isText = false
      if (name === 'rPh') isHint = false
      if (name !== 'si') return
      characters += text.length + 16
      if (characters > MOST_SHARED) {
        throw new TableFault('sheet-too-large', 0, 'The workbook has too many texts; send CSV.')
      }
      texts.push(text)
    },
  })
  return texts
}

async function* rowsOf(part: Readable, shared: readonly string[]): AsyncGenerator<Row> {
  const ready: Row[] = []
  let line = 0
  let cells: string[] = []
  let place = 0
  let kind = ''
  let value = ''
  let isValue = false
  const steps = parsed(part, {
    open(name, attributes) {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1)
        cells = []
        place = -1
      } else if (name === 'c') {
        place = columnOf(attributes['r']) ?? place + 1
        kind = attributes['t'] ?? 'n'
        value = ''
      } else if (name === 'v' || name === 't') isValue = true
    },
    text(piece) {
      if (isValue) value += piece
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false
      if (name === 'c' && value !== '') {
        if (place > 16_384) throw new TableFault('columns-too-many', line, 'A cell lies outside.')
        while (cells.length < place) cells.push('')
        cells[place] = textOf(kind, value, shared)
      }
      if (name === 'row' && cells.some((cell) => cell !== '')) ready.push(bounded({ line, cells }))
    },
  })
  for await (const _ of steps) {
    yield* ready
    ready.length = 0
  }
}

function textOf(kind: string, value: string, shared: readonly string[]): string {
  if (kind === 's') return shared[Number(value)] ?? ''
  if (kind === 'b') return value === '1' ? 'true' : 'false'
  // What went wrong in a formula is said as it stands: `#REF!`.
  return value
}

/** The column of `AB12`, from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + (letter.codePointAt(0) ?? 64) - 64
  return column - 1
}

async function all(part: Readable, listener: Listener): Promise<void> {
  for await (const _ of parsed(part, listener));
}
