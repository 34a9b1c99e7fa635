import type { product as english } from '../en/product.ts'

export const product: typeof english = {
  availability: {
    'in-stock': 'В наличии',
    low: 'Заканчивается',
    preorder: 'Под заказ',
    out: 'Распродано',
  },
  wish: (name) => `В списке желаний: ${name}`,
  wishFailed: 'Не получилось. Попробуйте ещё раз.',
}
