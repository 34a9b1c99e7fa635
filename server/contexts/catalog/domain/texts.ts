import { accept, refuse, type Outcome } from '#platform/outcome'

import type { AttributeDefinition, TextDraft, Texts } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'

/** What of a shop its texts and prices must agree with. */
export interface ShopRules {
  readonly currency: string
  /** The first is the default. */
  readonly languages: readonly string[]
  /** What its products may be said to be, by code; none when absent. */
  readonly definitions?: ReadonlyMap<string, AttributeDefinition>
}

/**
 * A sent text as it is kept: trimmed, in Unicode's normal form C, in the shop's languages, the
 * first of them there. A plain text is of the first language and leaves `before` in the others.
 */
export function textsOf(
  field: string,
  draft: TextDraft,
  shop: ShopRules,
  options: { readonly before?: Texts; readonly mayBeEmpty?: boolean } = {},
): Outcome<Texts, CatalogRefusal> {
  const [first = ''] = shop.languages
  const sent = typeof draft === 'string' ? { ...options.before, [first]: draft } : draft
  const texts: Record<string, string> = {}
  for (const [language, text] of Object.entries(sent)) {
    if (!shop.languages.includes(language)) {
      return refuse({ code: 'catalog.language-unknown', language })
    }
    const clean = text.normalize('NFC').trim()
    if (clean !== '' || language === first) texts[language] = clean
  }
  if ((texts[first] ?? '') !== '') return accept(texts)
  if (options.mayBeEmpty === true && Object.keys(texts).every((each) => each === first)) {
    return accept({ [first]: '' })
  }
  return refuse({ code: 'catalog.text-missing', field, language: first })
}

/** Lower-case words joined by `-`, of letters a URL needs no escapes for; empty when none are left. */
export function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
