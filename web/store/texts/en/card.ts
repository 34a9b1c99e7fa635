import { plural } from '../plural.ts'

const language = 'en'

/** What is said of a product in a list. */
export const card = {
  from: (price: string) => `from ${price}`,
  rating: (value: string, count: number) =>
    `${value} of 5, ${plural(language, { one: 'review', other: 'reviews' })(count)}`,
  was: (price: string) => `Lowest price of the last 30 days: ${price}`,
}
