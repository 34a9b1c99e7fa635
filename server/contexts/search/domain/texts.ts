import type { Texts } from './entry.ts'

/** The text in the first of these languages that it has, else in any. */
export function textIn(
  texts: Texts,
  languages: readonly string[],
): { text: string; language: string } {
  for (const language of languages) {
    const text = texts[language]
    if (text !== undefined) return { text, language }
  }
  const [language = '', text = ''] = Object.entries(texts)[0] ?? []
  return { text, language }
}
