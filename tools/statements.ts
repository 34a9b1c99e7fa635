/**
 * Measures what each operation asks of PostgreSQL and writes the table (issue 4, item 8):
 *
 *     npm run statements [operations]
 *
 * Takes four minutes, most of them for processes that start. With operations it measures these alone,
 * and prints every statement.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import {
  AT_ONCE,
  BATCH,
  costOf,
  Counting,
  read,
  type Row,
  TABLE,
  written,
} from '../tests/journeys/statements-table.ts'
import { OPERATIONS } from '../tests/journeys/statements-operations.ts'

/** One of so many calls has everything remembered. */
const TRIES = 4

const FILE = join(import.meta.dirname, '..', TABLE)

const words = process.argv.slice(2)
const known = existsSync(FILE) ? read(readFileSync(FILE, 'utf8')) : []
const rows = new Map(known.map((row) => [row.operation, row]))
const every = Object.keys(OPERATIONS)
await using counting = await Counting.begin()
for (const operation of every.filter((id) => words.length === 0 || words.includes(id))) {
  rows.set(operation, await measured(operation))
  const inOrder = every.flatMap((id) => rows.get(id) ?? [])
  writeFileSync(FILE, written(inOrder))
}

async function measured(operation: string): Promise<Row> {
  const warm = await counting.warm(operation, { statements: 0, roundTrips: 0 }, TRIES)
  const isAskedAtOnce = AT_ONCE.some((id) => id === operation)
  const many = isAskedAtOnce ? await counting.many(operation) : undefined
  const cold = await counting.cold(operation)
  const each = many && many.statements.length / BATCH
  console.log(
    `${operation}: ${warm.statements.length} in ${warm.roundTrips}, cold ${cold.statements.length}`,
    `in ${cold.roundTrips}${each === undefined ? '' : `, of many ${each.toFixed(2)}`}`,
  )
  if (words.length > 0) {
    console.log(`  warm: ${warm.statements.join(', ')}\n  cold: ${cold.statements.join(', ')}`)
    if (many !== undefined) console.log(`  of many: ${counted(many.statements)}`)
  }
  const row = { operation, warm: costOf(warm), cold: costOf(cold) }
  return each === undefined ? row : { ...row, each }
}

function counted(statements: readonly string[]): string {
  const times = new Map<string, number>()
  for (const each of statements) times.set(each, (times.get(each) ?? 0) + 1)
  return [...times].map(([name, count]) => `${count} ${name}`).join(', ')
}
