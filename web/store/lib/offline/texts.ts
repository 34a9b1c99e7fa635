import type { offline as english } from '../../texts/en/offline.ts'

type OfflineTexts = typeof english

/** Comes with what is said, and never with a page that is read with a network. */
const SAID: Readonly<Record<string, () => Promise<{ readonly offline: OfflineTexts }>>> = {
  en: () => import('../../texts/en/offline.ts'),
  uk: () => import('../../texts/uk/offline.ts'),
  ru: () => import('../../texts/ru/offline.ts'),
}

/** The sentences of a language, or English. */
export async function offlineTextsOf(language: string): Promise<OfflineTexts> {
  const say = SAID[language] ?? (() => import('../../texts/en/offline.ts'))
  return (await say()).offline
}
