import { APOSTROPHES } from './alphabet.ts'
import { tokensOf } from './tokens.ts'

/** Letters between which Ukrainian has an apostrophe: мʼяч, пʼять, обʼєм, карʼєр. */
const AROUND_APOSTROPHE = /[бпвмфркзд][яюєї]/

/** Whether a word, which the lexicon has without apostrophes, may be written with one. */
export function mayHaveApostrophe(word: string): boolean {
  return AROUND_APOSTROPHE.test(word)
}

/**
 * How words are written that texts write with an apostrophe, by the word without. Another form will
 * do that is the same up to two letters behind the apostrophe: мʼякі tells of мʼякий.
 */
export function writtenAs(
  words: readonly string[],
  texts: Iterable<string>,
): ReadonlyMap<string, string> {
  const beginnings = new Map<string, string>()
  for (const text of texts) {
    for (const { word, script, from, to } of tokensOf(text)) {
      const written = text.slice(from, to).toLowerCase()
      const at = Array.from(written).findIndex((sign) => APOSTROPHES.includes(sign))
      if (script !== 'cyrillic' || at < 0) continue
      beginnings.set(word.slice(0, at + 2), written.slice(0, at + 3))
    }
  }
  const found = new Map<string, string>()
  for (const word of words) {
    for (const [folded, written] of beginnings) {
      if (word.startsWith(folded)) found.set(word, written + word.slice(folded.length))
    }
  }
  return found
}
