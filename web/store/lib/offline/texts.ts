import { offline as en } from '../../texts/en/offline.ts'
import { offline as ru } from '../../texts/ru/offline.ts'
import { offline as uk } from '../../texts/uk/offline.ts'

const SAID: Readonly<Record<string, typeof en>> = { en, ru, uk }

/**
 * The sentences of a language, or English. All languages come in one file with what says them: without a
 * network nothing else can be had.
 */
export function offlineTextsOf(language: string): typeof en {
  return SAID[language] ?? en
}
