import { plural } from '../plural.ts'

const language = 'en'

export const search = {
  all: 'All products',
  results: (text: string) => `“${text}”`,
  title: (text: string, shop: string) => `${text}: search · ${shop}`,
  description: (shop: string) => `Everything ${shop} sells: search, filters, prices.`,
  insteadOf: (meant: string) => `Showing results for “${meant}”`,
  typed: (text: string) => `You typed “${text}”.`,
  missing: 'Nothing has all of your words, so here is what has most of them.',
  cut: 'That was long: we read its beginning only.',
  nothing: (text: string) => `Nothing was found for “${text}”`,
  nothingMore: 'Try fewer words or a more general one, or check the spelling.',
  similar: 'Perhaps you meant',
  categories: 'Look in the categories',
  newest: 'New in the shop',
  suggestions: 'Suggestions',
  count: plural(language, { one: 'suggestion', other: 'suggestions' }),
  countNone: 'No suggestions',
  keys: 'Use the up and down arrows to choose.',
  kinds: {
    word: 'Words',
    category: 'Categories',
    brand: 'Brands',
    product: 'Products',
  } as Readonly<Record<string, string>>,
}
