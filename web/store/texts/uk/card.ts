import { plural } from '../plural.ts'
import type { card as english } from '../en/card.ts'

const language = 'uk'

export const card: typeof english = {
  from: (price) => `від ${price}`,
  rating: (value, count) =>
    `${value} з 5, ${plural(language, { one: 'відгук', few: 'відгуки', many: 'відгуків', other: 'відгуку' })(count)}`,
  was: (price) => `Найнижча ціна за 30 днів: ${price}`,
}
