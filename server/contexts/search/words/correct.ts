import type { Candidate, Correction } from './types.ts'

/** Longer words are compared by their beginning: the time of a comparison is bounded. */
const MOST_LETTERS = 32
/** Candidates that are looked at. */
const MOST_CANDIDATES = 200

/** Pairs that are mistaken for each other by sound or by language. */
const ALIKE = new Set(
  'иі иы іы еэ её еє гґ шщ оа ао еи ие эе хг кс зс дт бп сз тд пб вф фв iy yi ck kc sc cs ea ae zs sz vw wv ei ie gh hg'.split(
    ' ',
  ),
)
const ROWS = [
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,.',
  'йцукенгшщзхїъ',
  'фівапролджє',
  'фывапролджэ',
  'ячсмитьбю',
]
const NEIGHBORS = new Set(
  ROWS.flatMap((row) =>
    row.split('').flatMap((key, at) => {
      const next = row[at + 1]
      return next === undefined ? [] : [key + next, next + key]
    }),
  ),
)

/**
 * The words that may be meant, best first: within one edit of words up to five letters, two of longer
 * ones, none of shorter than three; swapped neighbors are one edit (F. J. Damerau, 1964). Alike in
 * distance, the commoner word comes first. Bounded: 200 candidates, 32 letters.
 */
export function correct(word: string, candidates: readonly Candidate[]): Correction[] {
  const most = editsAllowed(word)
  if (most === 0) return []
  const found: Correction[] = []
  for (const candidate of candidates.slice(0, MOST_CANDIDATES)) {
    const edits = distance(word, candidate.word, most)
    if (edits > most) continue
    const commonness = Math.min(1, Math.log2(1 + candidate.frequency) / 10)
    const sameStart = word[0] === candidate.word[0] ? 0 : 0.1
    const score = Math.max(0, 1 - edits * 0.25 - sameStart) * (0.9 + 0.1 * commonness)
    found.push({ ...candidate, distance: edits, score })
  }
  return found.toSorted((a, b) => b.score - a.score)
}

/** A word of so few letters is another word as easily as a slip. */
const SHORT = 7
/** Of four letters one may be a neighbor on the keyboard, or sound alike, but not any other. */
const SHORTEST = 4
const LIKELY_SLIP = 0.8

/**
 * Whether a correction is near enough to be what was meant: a short word that begins with another
 * letter, or of which more than a quarter is different, is rather a name that the shop does not have
 * (nike is no bike, puma no pump, чешки are no мешки).
 */
export function isSurelyMeant(word: string, { word: meant, distance: edits }: Correction): boolean {
  if (word.length > SHORT) return true
  const isSwapped = word[0] === meant[1] && word[1] === meant[0]
  const isCut = meant.slice(1) === word || word.slice(1) === meant
  if (word[0] !== meant[0] && !isSwapped && !isCut) return false
  return word.length <= SHORTEST ? edits <= LIKELY_SLIP : edits <= word.length / 4
}

function editsAllowed(word: string): number {
  if (word.length < 3 || /\d/.test(word)) return 0
  return word.length <= 5 ? 1 : 2
}

/**
 * Edits between two words, weighed, by optimal string alignment; anything above `most` when there
 * are more than it. Only the band that `most` leaves is computed.
 */
export function distance(first: string, second: string, most: number): number {
  const a = first.slice(0, MOST_LETTERS)
  const b = second.slice(0, MOST_LETTERS)
  // The cheapest edit costs half, so twice as many may be needed of them.
  const band = Math.ceil(most * 2)
  const none = most + 1
  if (Math.abs(a.length - b.length) > band) return none
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => insertions(b, at))
  for (let i = 1; i <= a.length; i++) {
    const row = Array.from({ length: b.length + 1 }, () => none)
    row[0] = insertions(a, i)
    let least = row[0] ?? none
    for (let j = Math.max(1, i - band); j <= Math.min(b.length, i + band); j++) {
      const cell = Math.min(
        (last[j] ?? none) + dropped(a, i - 1),
        (row[j - 1] ?? none) + dropped(b, j - 1),
        (last[j - 1] ?? none) + replaced(a[i - 1], b[j - 1]),
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] ?? none) + 0.8
          : none,
      )
      row[j] = cell
      least = Math.min(least, cell)
    }
    // A swap reaches back two rows, so one row above the bound does not end it.
    if (least > none + 1) return none
    before = last
    last = row
  }
  return last[b.length] ?? none
}

function insertions(word: string, letters: number): number {
  let cost = 0
  for (let at = 0; at < letters; at++) cost += dropped(word, at)
  return cost
}

/** A letter too many or too few; of a doubled one, half an edit. */
function dropped(word: string, at: number): number {
  return at > 0 && word[at] === word[at - 1] ? 0.5 : 1
}

function replaced(a = '', b = ''): number {
  if (a === b) return 0
  if (ALIKE.has(a + b) || ALIKE.has(b + a)) return 0.5
  return NEIGHBORS.has(a + b) ? 0.8 : 1
}

/** Runs of three letters, with two spaces before the word and one behind, as pg_trgm has them. */
export function trigrams(word: string): string[] {
  const padded = `  ${word.slice(0, 64)} `
  const found = new Set<string>()
  for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3))
  return [...found]
}
