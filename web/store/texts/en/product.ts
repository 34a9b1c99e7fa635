import { plural } from '../plural.ts'

const language = 'en'

export const product = {
  from: (price: string) => `from ${price}`,
  availability: {
    'in-stock': 'In stock',
    low: 'Last ones',
    preorder: 'To order',
    out: 'Sold out',
  } as Readonly<Record<string, string>>,
  rating: (value: string, count: number) =>
    `${value} of 5, ${plural(language, { one: 'review', other: 'reviews' })(count)}`,
  was: (price: string) => `Lowest price of the last 30 days: ${price}`,
  wish: (name: string) => `In the wishlist: ${name}`,
  wishFailed: 'That did not work. Please try again.',
}
