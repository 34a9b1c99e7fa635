import { APOSTROPHES, foldedWord, isCyrillic } from './alphabet.ts'
import { UNITS } from './units.ts'

/** Of a query: what is typed beyond is not looked at, and `isCut` says so. */
export const QUERY_CHARACTERS = 256
export const QUERY_WORDS = 64
/** Of a text that is indexed; a description has a few thousand characters. */
export const TEXT_CHARACTERS = 20_000
/** A word longer than this is cut: no term is longer. */
const WORD_CHARACTERS = 64

export interface RawToken {
  /** Folded; a number has a `.` for its decimal comma, `2x10` is one token. */
  readonly word: string
  readonly script: 'cyrillic' | 'latin' | 'number'
  /** Where it stands in the text, in UTF-16 units. */
  readonly from: number
  readonly to: number
  /** Of one run of signs without a space or a comma: `VTH-SKIF-40`, `10кг`, `шарф-труба`. */
  readonly chunk: number
  /** The unit of a number: `kg` of `10 кг`. The unit's own token is not there then. */
  readonly unit?: string
}

const MARKS = APOSTROPHES.replaceAll('"', '')
/**
 * A measure (2x10, 4,5), or letters, or digits. No part can match what another part of the same
 * alternative matches, so no text makes it try twice.
 */
const WORDS = new RegExp(
  `\\d+(?:[xх×*]\\d+)+|\\d+[.,]\\d+|\\d+|[\\p{L}\\p{M}]+(?:[${MARKS}]+[\\p{L}\\p{M}]+)*`,
  'giu',
)
const NUMBER = /^\d/
const TIMES = /[х×*]/g
const POSSESSIVE = /['’ʼ`‘]s$/i
const ENDS_IN_S = /^[a-z]{2,}s$/
const GLUE = /^[-–‐‑_/.]$/

/** The words of a text in their order. Linear in its length, which is bounded by `most`. */
export function tokensOf(text: string, most = TEXT_CHARACTERS): RawToken[] {
  const tokens: RawToken[] = []
  let chunk = 0
  let end = 0
  const read = text.slice(0, most)
  WORDS.lastIndex = 0
  for (let match = WORDS.exec(read); match !== null; match = WORDS.exec(read)) {
    const from = match.index
    const between = read.slice(end, from)
    if (between !== '' && !GLUE.test(between)) chunk++
    end = from + match[0].length
    add(tokens, match[0], from, chunk)
  }
  return tokens
}

function add(tokens: RawToken[], raw: string, from: number, chunk: number): void {
  const to = from + raw.length
  if (NUMBER.test(raw)) {
    const word = raw.normalize('NFKC').toLowerCase().replaceAll(TIMES, 'x').replace(',', '.')
    tokens.push({ word: word.slice(0, WORD_CHARACTERS), script: 'number', from, to, chunk })
    return
  }
  const word = withoutPossessive(raw, foldedWord(raw.slice(0, WORD_CHARACTERS))).slice(
    0,
    WORD_CHARACTERS,
  )
  if (word === '') return
  const unit = UNITS[word]
  const before = tokens.at(-1)
  if (unit !== undefined && before?.script === 'number' && before.unit === undefined) {
    tokens[tokens.length - 1] = { ...before, unit, to }
    return
  }
  const script = isCyrillic(word) ? 'cyrillic' : 'latin'
  tokens.push({ word, script, from, to, chunk })
}

/** women’s and kids’ are about women and kids. */
function withoutPossessive(raw: string, folded: string): string {
  return ENDS_IN_S.test(folded) && POSSESSIVE.test(raw) ? folded.slice(0, -1) : folded
}
