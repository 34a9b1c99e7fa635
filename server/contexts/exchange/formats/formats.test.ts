import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'

import fc from 'fast-check'
import { ZipFile } from 'yazl'

import { csvFileRows, csvRows, dialectOf, type Dialect } from './csv-read.ts'
import { inert, plain } from './formula.ts'
import { TableFault, type Row } from './rows.ts'
import { csvFile, xlsxFile, type Written } from './write.ts'
import { xlsxRows } from './xlsx-read.ts'

const folder = mkdtempSync(join(tmpdir(), 'torg-formats-'))
after(() => rmSync(folder, { recursive: true }))

async function* chunksOf(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < bytes.length; n += size) yield bytes.subarray(n, n + size)
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield item
}

async function collect(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = []
  for await (const row of rows) found.push(row)
  return found
}

const csv = (bytes: Uint8Array, said?: Partial<Dialect>): Promise<Row[]> =>
  collect(csvRows(chunksOf(bytes), dialectOf(bytes, said)))

async function fault(work: Promise<unknown>): Promise<TableFault> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof TableFault, String(error))
  return error
}

async function bytesOf(file: Written): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of file as AsyncIterable<Buffer>) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

let files = 0
function saved(bytes: Uint8Array): string {
  const path = join(folder, `${(files += 1)}.xlsx`)
  writeFileSync(path, bytes)
  return path
}

/** A workbook of the parts given; those of one sheet where only a sheet is given. */
async function workbook(parts: Readonly<Record<string, string>>): Promise<string> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return saved(await bytesOf(zip.outputStream as Written))
}
const SHEET = 'xl/worksheets/sheet1.xml'

suite('a CSV file', () => {
  test('is read in every encoding and with every delimiter it may have', async () => {
    const table = [
      ['sku', 'name'],
      ['A-1', 'Кросівки, сині; "легкі"'],
    ]
    for (const delimiter of [',', ';', '\t', '|'] as const) {
      const text = table
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
        .join('\r\n')
      const utf8 = Buffer.from(text)
      const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
      const swapped = Buffer.from(utf16).swap16()
      const marked = Buffer.from(`\uFEFF${text}`)
      for (const bytes of [utf8, marked, utf16, swapped]) {
        const rows = await csv(bytes)
        assert.deepEqual(
          rows.map(({ cells }) => cells),
          table,
        )
      }
    }
    const cyrillic = Buffer.from([0xca, 0xf0, 0xee, 0xf1, 0xb3, 0xe2, 0xea, 0xe8])
    const [row] = await csv(Buffer.concat([Buffer.from('name,'), cyrillic]))
    assert.deepEqual(row?.cells, ['name', 'Кросівки'])
  })

  test('numbers its rows by the line they begin at, empty ones and long cells counted', async () => {
    const rows = await csv(Buffer.from('a,b\n\n1,"two\nlines"\n\n\n3,4\r\n5,6'))
    assert.deepEqual(
      rows.map(({ line, cells }) => [line, cells[0]]),
      [
        [1, 'a'],
        [3, '1'],
        [7, '3'],
        [8, '5'],
      ],
    )
  })

  test('with a broken byte is read around it, whatever its beginning told', async () => {
    const row = Buffer.from('Мʼяч,Кросівки\n')
    for (const place of [3, 20_000]) {
      const rows = Array.from({ length: 20_001 }, () => row)
      rows[place] = Buffer.from(row)
      rows[place].set([0xff], 2)
      const found = await collect(csvFileRows(chunksOf(Buffer.concat(rows), 10_000), {}))
      assert.equal(found.length, 20_001)
      const broken = found.filter(({ cells }) => cells.some((cell) => cell.includes('\uFFFD')))
      assert.deepEqual(
        broken.map(({ line }) => line),
        [place + 1],
      )
    }
  })

  test('that is broken says where', async () => {
    const open = await fault(csv(Buffer.from('a,b\n1,2\n3,"never closed\n4,5\n')))
    assert.deepEqual([open.code, open.line], ['quote-open', 4])
    const cell = `a\n${'x'.repeat(150_000)}\n`
    assert.equal((await fault(csv(Buffer.from(cell)))).code, 'cell-too-long')
    const huge = `a\n"${'x\n'.repeat(5_000_000)}`
    const since = performance.now()
    assert.equal(
      (
        await fault(
          collect(
            csvRows(chunksOf(Buffer.from(huge), 65_536), { encoding: 'utf-8', delimiter: ',' }),
          ),
        )
      ).code,
      'row-too-long',
    )
    assert.ok(performance.now() - since < 2_000)
    const wide = await fault(csv(Buffer.from(`${'a,'.repeat(10_000)}a\n`)))
    assert.equal(wide.code, 'columns-too-many')
    assert.deepEqual(await csv(Buffer.alloc(0)), [])
  })
})

suite('a cell', () => {
  test('is never a formula, and reads as what it was', () => {
    for (const text of ['=1+1', '+380', '@sum', '-cmd', '\tx', '\rx', "'=x", "''=x"]) {
      assert.ok(inert(text).startsWith("'"), text)
    }
    assert.equal(inert('-5.25'), '-5.25')
    const letters = [
      "'",
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      '5',
      '.',
      ',',
      ' ',
      'ʼ',
      'ж',
      '\u0000',
    ]
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 }), (text) => {
        assert.equal(plain(inert(text)), text)
        assert.ok(/^-?\d+(?:[.,]\d+)?$/.test(text) || !/^[=+\-@\t\r]/.test(inert(text)))
      }),
      { examples: [['-1'], ["'+"], ["''="]] },
    )
  })

  test('comes back from both kinds of file as it went', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((text) => !text.includes('\0'))
    const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        // A row of nothing is none, and a sheet ends with its last cell that has something.
        const said = table.filter((row) => row.some((text) => text !== ''))
        const trimmed = (row: readonly string[]): string[] =>
          row.slice(0, row.findLastIndex((text) => text !== '') + 1)
        const sheet = await collect(xlsxRows(saved(await bytesOf(xlsxFile(each(said))))))
        assert.deepEqual(
          sheet.map(({ cells }) => cells),
          said.map(trimmed),
        )
        const file = await bytesOf(csvFile(each(said)))
        const rows = await collect(csvRows(chunksOf(file), { encoding: 'utf-8', delimiter: ',' }))
        assert.deepEqual(
          rows.map(({ cells }) => trimmed(cells.map(plain))),
          said.map(trimmed),
        )
      }),
      { numRuns: 60 },
    )
  })
})

suite('a workbook', () => {
  const cell = (kind: string, inner: string): string => `<c t="${kind}">${inner}</c>`
  test('gives shared texts, numbers, truths and what formulas came to', async () => {
    const path = await workbook({
      'xl/sharedStrings.xml':
        '<sst><si><t>Мʼяч</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>no</t></rPh></si></sst>',
      [SHEET]: `<worksheet><sheetData><row r="2">${cell('s', '<v>0</v>')}${cell('s', '<v>1</v>')}<c><f>1+1</f><v>2</v></c>${cell('b', '<v>1</v>')}${cell('str', '<f>A1</f><v>text</v>')}<c r="H2"><v>1299.5</v></c></row></sheetData></worksheet>`,
    })
    assert.deepEqual(await collect(xlsxRows(path)), [
      { line: 2, cells: ['Мʼяч', 'two runs', '2', 'true', 'text', '', '', '1299.5'] },
    ])
  })

  test('that is hostile or broken is refused, fast', async () => {
    // Of this process: others may keep the machine busy.
    const before = process.cpuUsage()
    const zeros = '0'.repeat(50_000_000)
    const bomb = await workbook({ [SHEET]: `<worksheet><sheetData>${zeros}` })
    assert.equal((await fault(collect(xlsxRows(bomb)))).code, 'sheet-too-large')
    const entity = await workbook({
      [SHEET]:
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>',
    })
    assert.equal((await fault(collect(xlsxRows(entity)))).code, 'file-unreadable')
    const far = await workbook({
      [SHEET]: '<worksheet><sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>',
    })
    assert.equal((await fault(collect(xlsxRows(far)))).code, 'columns-too-many')
    const cut = await workbook({ [SHEET]: '<worksheet><sheetData><row><c' })
    assert.equal((await fault(collect(xlsxRows(cut)))).code, 'file-unreadable')
    const empty = await workbook({ 'docProps/app.xml': '<a/>' })
    assert.equal((await fault(collect(xlsxRows(empty)))).code, 'sheet-missing')
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('sku,name'),
      deflateRawSync('x'),
      Buffer.from('PK\u0003\u0004'),
    ]) {
      assert.equal((await fault(collect(xlsxRows(saved(bytes))))).code, 'file-unreadable')
    }
    const { user, system } = process.cpuUsage(before)
    assert.ok(user + system < 5_000_000)
  })
})
