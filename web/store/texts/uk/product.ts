import type { product as english } from '../en/product.ts'

export const product: typeof english = {
  availability: {
    'in-stock': 'Є в наявності',
    low: 'Закінчується',
    preorder: 'Під замовлення',
    out: 'Розпродано',
  },
  wish: (name) => `У списку бажань: ${name}`,
  wishFailed: 'Не вдалося. Спробуйте ще раз.',
}
