import type { account as english } from '../../texts/en/account.ts'
import { useHere } from '../../lib/shop.ts'

type AccountTexts = typeof english

/**
 * What the pages of an account say comes with them and not with every page: who looks at a product loads
 * none of it. A browser loads one language, whoever renders has them all.
 */
const SAID: Readonly<Record<string, () => Promise<{ readonly account: AccountTexts }>>> = {
  en: () => import('../../texts/en/account.ts'),
  uk: () => import('../../texts/uk/account.ts'),
  ru: () => import('../../texts/ru/account.ts'),
}

/** English stands in for a language that the storefront does not speak. */
function wanted(): readonly string[] {
  if (typeof document === 'undefined') return Object.keys(SAID)
  const { lang } = document.documentElement
  return [lang in SAID ? lang : 'en']
}

const known = new Map<string, AccountTexts>()
for (const language of wanted()) {
  const said = await SAID[language]?.()
  if (said !== undefined) known.set(language, said.account)
}

/** The sentences of a language, or English. */
export function accountTextsOf(language: string): AccountTexts {
  const texts = known.get(language) ?? known.get('en')
  if (texts === undefined) throw new Error(`The account has no texts in ${language}.`)
  return texts
}

export function useAccountTexts(): AccountTexts {
  return accountTextsOf(useHere().language)
}
