import type { TextRange } from '../contract.ts'
import { termsOf } from '../words/index-terms.ts'
import { tokensOf } from '../words/tokens.ts'
import type { Language } from '../words/types.ts'
import type { Shown } from './entry.ts'
import { languageOfText } from './make-entry.ts'

/** What is marked in names. */
export interface Marked {
  readonly terms: ReadonlySet<string>
  readonly prefixes: readonly string[]
}

const MOST_RANGES = 64

/** Terms of names, each as one text for all shops; begun anew when they are too many. */
const TERMS_KEPT = 100_000
const terms = new Map<string, string>()

/**
 * Where the name of a product, in the language of this tag, has one of the terms: the same as `highlights` of `words/` says. Names are
 * shown again and again, and reading one costs as much as finding it, so what was read stays with the product.
 */
export function marksOf(
  entry: Pick<Shown, 'name' | 'marks'>,
  tag: string,
  { terms: sought, prefixes }: Marked,
): TextRange[] {
  const marks = (entry.marks ??= {})
  const read = (marks[tag] ??= marksIn(entry.name[tag] ?? '', languageOfText(tag)))
  const ranges: TextRange[] = []
  for (let at = 0; at < read.length && ranges.length < MOST_RANGES; at += 3) {
    const term = read[at + 2] as string
    if (!sought.has(term) && !prefixes.some((each) => term.startsWith(each))) continue
    const [from, to] = [read[at] as number, read[at + 1] as number]
    // A word has several terms, and is marked once.
    if (ranges.at(-1)?.from !== from) ranges.push({ from, to })
  }
  return ranges
}

/** A word's terms, each behind where the word begins and ends: one array, for the sake of memory. */
function marksIn(text: string, language: Language): readonly (string | number)[] {
  return tokensOf(text).flatMap((token) =>
    termsOf(token, language).flatMap((term) => [token.from, token.to, same(term)]),
  )
}

function same(term: string): string {
  const known = terms.get(term)
  if (known !== undefined) return known
  if (terms.size >= TERMS_KEPT) terms.clear()
  terms.set(term, term)
  return term
}
