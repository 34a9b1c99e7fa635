import type { shell as english } from '../en/shell.ts'

export const shell: typeof english = {
  skip: 'До вмісту',
  search: 'Пошук',
  searchHint: 'Кросівки, мʼячі, бренди …',
  categories: 'Категорії',
  cart: 'Кошик',
  account: 'Кабінет',
  language: 'Мова',
  menu: 'Меню',
  close: 'Закрити',
  forDevelopers: 'Розробникам: API і документація',
  accountOf: (name) => `Кабінет: ${name}`,
  orders: 'Мої замовлення',
  register: 'Створити акаунт',
  delivery: 'Доставка',
  deliveryBy: { post: 'Поштою', courier: 'Курʼєром', pickup: 'Самовивіз' },
  free: 'Безкоштовно',
}
