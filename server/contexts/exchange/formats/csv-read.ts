import { Readable } from 'node:stream'

import { parse, CsvError, type Info } from 'csv-parse'

import { bounded, LONGEST_CELL, TableFault, type Row } from './rows.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** How a CSV file is written. */
export interface Dialect {
  readonly encoding: Encoding
  readonly delimiter: Delimiter
}

/** A record of whatever many cells, but not of whatever many bytes. */
const LONGEST_RECORD = 4 * LONGEST_CELL

/** So much of a file tells how it is written. */
const HEAD_BYTES = 64 * 1024

/**
 * How a file is written, by its beginning and whatever the sender says of it. Without a byte order
 * mark it is UTF-8, or windows-1251 where it cannot be that; the delimiter is the one that most
 * often stands outside quotes in the first line.
 */
export function dialectOf(head: Uint8Array, said: Partial<Dialect> = {}): Dialect {
  const encoding = said.encoding ?? encodingOf(head)
  const text = new TextDecoder(encoding).decode(head)
  return { encoding, delimiter: said.delimiter ?? delimiterOf(text) }
}

function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  // Latin letters in UTF-16 have a zero beside each of them.
  const zeros = head.slice(0, 200).reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  if (zeros > 20) return head[0] === 0 ? 'utf-16be' : 'utf-16le'
  try {
    // `stream`: the beginning may end in the middle of a letter.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return isCyrillic1251(head) ? 'windows-1251' : 'utf-8'
  }
}

/** Words of windows-1251 are letters of one half beside each other; broken UTF-8 is a few odd bytes. */
function isCyrillic1251(head: Uint8Array): boolean {
  let letters = 0
  let pairs = 0
  for (let n = 0; n < head.length; n += 1) {
    const isLetter =
      (head[n] ?? 0) >= 0xc0 || [0xb2, 0xb3, 0xaf, 0xbf, 0xaa, 0xba].includes(head[n] ?? 0)
    if (!isLetter) continue
    letters += 1
    if ((head[n + 1] ?? 0) >= 0xc0) pairs += 1
  }
  return letters >= 4 && pairs * 2 >= letters
}

function delimiterOf(text: string): Delimiter {
  let isQuoted = false
  const found = new Map<string, number>()
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (sign === '\n' || sign === '\r') break
    else found.set(sign, (found.get(sign) ?? 0) + 1)
  }
  const count = (each: string): number => found.get(each) ?? 0
  return DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best))
}

/**
 * The rows of a CSV file (RFC 4180, with the dialect's delimiter), the header among them, empty ones
 * left out. Reads as it is read from. Throws `TableFault` where it cannot go on.
 */
export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, delimiter }: Dialect,
): AsyncGenerator<Row> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  })
  let line = 1
  const text = Readable.from(decoded(bytes, encoding))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: Info
    }>) {
      line = info.lines
      yield bounded({ line: line - newlinesIn(record), cells: record })
    }
  } catch (error) {
    throw faultOf(error, line)
  } finally {
    text.destroy()
    parser.destroy()
  }
}

/** The same of a file whose beginning tells how it is written, beside what the sender says of it. */
export async function* csvFileRows(
  bytes: AsyncIterable<Uint8Array>,
  said: Partial<Dialect>,
): AsyncGenerator<Row> {
  const source = bytes[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  for (let size = 0; size < HEAD_BYTES;) {
    const { done, value } = await source.next()
    if (done === true) break
    head.push(value)
    size += value.length
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* head
    yield* { [Symbol.asyncIterator]: () => source }
  }
  const beginning = Buffer.concat(head).subarray(0, HEAD_BYTES)
  yield* csvRows(all(), dialectOf(beginning, said))
}

const NEWLINES = /\r\n|\r|\n/g

function newlinesIn(record: readonly string[]): number {
  return record.reduce((count, cell) => count + (cell.match(NEWLINES)?.length ?? 0), 0)
}

/**
 * Bytes that are none of the encoding become U+FFFD, and everything around them is read: whoever reads
 * the rows finds which cells have lost letters.
 */
async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function faultOf(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return quoteOpen(error, line)
    case 'CSV_MAX_RECORD_SIZE':
      return new TableFault('row-too-long', line + 1, `The row behind line ${line} does not end.`)
    default:
      return new TableFault('file-unreadable', line, `Behind line ${line}: ${error.message}`)
  }
}

/** Only its message says how far the quote goes. */
function quoteOpen({ message }: CsvError, line: number): TableFault {
  const at = Number(/ at line (\d+)/.exec(message)?.[1] ?? line)
  return new TableFault('quote-open', at, `A quote is open at the end, in line ${at}.`)
}
