import { plural } from '../plural.ts'
import type { product as english } from '../en/product.ts'

const language = 'ru'

export const product: typeof english = {
  from: (price) => `от ${price}`,
  availability: {
    'in-stock': 'В наличии',
    low: 'Заканчивается',
    preorder: 'Под заказ',
    out: 'Распродано',
  },
  rating: (value, count) =>
    `${value} из 5, ${plural(language, { one: 'отзыв', few: 'отзыва', many: 'отзывов', other: 'отзыва' })(count)}`,
  was: (price) => `Самая низкая цена за 30 дней: ${price}`,
  wish: (name) => `В списке желаний: ${name}`,
  wishFailed: 'Не получилось. Попробуйте ещё раз.',
}
