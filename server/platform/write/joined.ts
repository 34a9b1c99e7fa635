import { statement, type Statement } from '../db/statement.ts'

/** A statement and its parameters, ready to be sent. */
export type Asked = readonly [statement: Statement<unknown>, values: readonly unknown[]]

const known = new Map<string, Statement<unknown>>()

/**
 * One statement that does what several do, each of which changes rows that no other of them touches.
 * A statement costs as much as writing three rows, whatever it writes. Prepared once for each
 * combination that occurs, of which there are a few dozen.
 */
export function joined(asked: readonly Asked[]): Asked {
  const [only] = asked
  if (only === undefined) throw new Error('nothing to join')
  if (asked.length === 1) return only
  const names = asked.map(([{ name }]) => name).join('+')
  let made = known.get(names)
  if (made === undefined) {
    made = statement(`joined.${known.size}`, textOf(asked))
    known.set(names, made)
  }
  return [made, asked.flatMap(([, values]) => values)]
}

function textOf(asked: readonly Asked[]): string {
  let before = 0
  const parts = asked.map(([{ text }, values]) => {
    const renumbered = text.replaceAll(/\$(\d+)/g, (_, number) => `$${Number(number) + before}`)
    before += values.length
    return renumbered
  })
  const last = parts.pop()
  return `with ${parts.map((part, place) => `part_${place} as (${part})`).join(', ')} ${last}`
}
