import { commonAlphabet } from './alphabet.ts'
import { stemEnglish } from './stem-en.ts'
import { stemRussian } from './stem-ru.ts'
import { stemOfLocative, stemUkrainian } from './stem-uk.ts'
import type { RawToken } from './tokens.ts'
import type { Language } from './types.ts'

/** Words that say nothing in a shop; a query of nothing else is taken as it is. */
const STOP_WORDS = new Set(
  (
    'і й та або чи в у з із зі на для до від по за при без не це як що під над між ' +
    'и или а с со из из-за к ко от о об это как что под над ' +
    'the a an of for with and or in on to by at'
  ).split(' '),
)

/** Words around a number that say only what it counts: розмір 43, size 42. */
const COUNTING = new Set(
  'розмір розміру размер размера size р номер no unit шт штук штуки штука pcs pieces'.split(' '),
)

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word)
}

export function isCounting(word: string): boolean {
  return COUNTING.has(word)
}

/** The stem of a folded Cyrillic word by the rules of one language, in the common alphabet. */
export function cyrillicStem(word: string, language: 'uk' | 'ru'): string {
  const stem = language === 'uk' ? stemUkrainian(word) : stemRussian(word)
  return commonAlphabet(stem)
}

/** The one term under which a text of a language has a word. */
export function indexStem(
  { word, script }: Pick<RawToken, 'word' | 'script'>,
  language: Language,
): string {
  if (script === 'latin') return stemEnglish(word)
  return cyrillicStem(word, onlyLanguageOf(word) ?? (language === 'en' ? 'uk' : language))
}

/**
 * Every term under which a text of either language may have a Cyrillic word, the given language's
 * own first.
 */
export function queryStems(word: string, language: Language): readonly string[] {
  const first = language === 'ru' ? 'ru' : 'uk'
  const only = onlyLanguageOf(word)
  const languages = only === undefined ? ([first, first === 'uk' ? 'ru' : 'uk'] as const) : [only]
  const stems = languages.map((each) => cyrillicStem(word, each))
  const locative = only === 'ru' ? undefined : stemOfLocative(word)
  if (locative !== undefined) stems.push(commonAlphabet(locative))
  return [...new Set(stems)].filter((stem) => stem !== '')
}

/** Told by a letter that the other language does not have. */
function onlyLanguageOf(word: string): 'uk' | 'ru' | undefined {
  if (/[іїє]/.test(word)) return 'uk'
  return /[ыэъ]/.test(word) ? 'ru' : undefined
}
