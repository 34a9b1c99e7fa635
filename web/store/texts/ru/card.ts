import { plural } from '../plural.ts'
import type { card as english } from '../en/card.ts'

const language = 'ru'

export const card: typeof english = {
  from: (price) => `от ${price}`,
  rating: (value, count) =>
    `${value} из 5, ${plural(language, { one: 'отзыв', few: 'отзыва', many: 'отзывов', other: 'отзыва' })(count)}`,
  was: (price) => `Самая низкая цена за 30 дней: ${price}`,
}
