import { plural } from '../plural.ts'
import type { product as english } from '../en/product.ts'

const language = 'uk'

export const product: typeof english = {
  from: (price) => `від ${price}`,
  availability: {
    'in-stock': 'Є в наявності',
    low: 'Закінчується',
    preorder: 'Під замовлення',
    out: 'Розпродано',
  },
  rating: (value, count) =>
    `${value} з 5, ${plural(language, { one: 'відгук', few: 'відгуки', many: 'відгуків', other: 'відгуку' })(count)}`,
  was: (price) => `Найнижча ціна за 30 днів: ${price}`,
  wish: (name) => `У списку бажань: ${name}`,
  wishFailed: 'Не вдалося. Спробуйте ще раз.',
}
