import type { shell as english } from '../en/shell.ts'
import { plural } from '../plural.ts'

const units = plural('uk', { one: 'товар', few: 'товари', many: 'товарів', other: 'товару' })

export const shell: typeof english = {
  skip: 'До вмісту',
  search: 'Пошук',
  searchHint: 'Кросівки, мʼячі, бренди …',
  categories: 'Категорії',
  cart: 'Кошик',
  cartWith: (count) => (count === 0 ? 'Кошик порожній' : `Кошик: ${units(count)}`),
  account: 'Кабінет',
  language: 'Мова',
  pricesIn: (currency: string) => `Ціни в ${currency}`,
  menu: 'Меню',
  close: 'Закрити',
  forDevelopers: 'Розробникам: API і документація',
  accountOf: (name) => `Кабінет: ${name}`,
  orders: 'Мої замовлення',
  register: 'Створити акаунт',
  delivery: 'Доставка',
  deliveryBy: { post: 'Поштою', courier: 'Курʼєром', pickup: 'Самовивіз' },
  free: 'Безкоштовно',
  wishlist: 'Список бажань',
}
