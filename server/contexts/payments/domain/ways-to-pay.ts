import type { PublicProvider, WayToPay } from '../contract.ts'

type Names = Readonly<Record<string, string>>

/** What each is called, by language. English stands in for others; without a name the code does. */
const NAMES: Readonly<Record<string, Names>> = {
  card: { en: 'Card', uk: 'Карткою', ru: 'Картой' },
  'card-redirect': {
    en: 'Card, confirmed on the page of the bank',
    uk: 'Карткою з підтвердженням на сторінці банку',
    ru: 'Картой с подтверждением на странице банка',
  },
  'card-slow': {
    en: 'Card, the bank takes a few seconds',
    uk: 'Карткою, якщо банк думає кілька секунд',
    ru: 'Картой, если банк думает несколько секунд',
  },
  'card-declined': {
    en: 'Card that the bank declines',
    uk: 'Карткою, яку банк відхиляє',
    ru: 'Картой, которую банк отклоняет',
  },
  ideal: { en: 'iDEAL' },
  bancontact: { en: 'Bancontact' },
}

/** What buyers know a provider by; one without a name here goes by its code. */
const PROVIDERS: Readonly<Record<string, Names>> = {
  test: { en: 'Test provider', uk: 'Тестовий провайдер', ru: 'Тестовый провайдер' },
  stripe: { en: 'Stripe' },
}

/** Who moves the money, as buyers know it. No money moves at the one to try a shop with. */
export function publicProvider(code: string, language: string): PublicProvider {
  const names = Object.hasOwn(PROVIDERS, code) ? PROVIDERS[code] : undefined
  return { name: names?.[language] ?? names?.['en'] ?? code, isTest: code === 'test' }
}

/** What a provider takes, in its order, as buyers read it. */
export function waysToPay(
  provider: { readonly methods: readonly string[]; readonly tokenMethods: readonly string[] },
  language: string,
): readonly WayToPay[] {
  return provider.methods.map((method) => ({
    method,
    name: nameOf(method, language),
    needsToken: provider.tokenMethods.includes(method),
  }))
}

function nameOf(method: string, language: string): string {
  const names = Object.hasOwn(NAMES, method) ? NAMES[method] : undefined
  return names?.[language] ?? names?.['en'] ?? method
}
