import type { shell as english } from '../en/shell.ts'
import { plural } from '../plural.ts'

const units = plural('ru', { one: 'товар', few: 'товара', many: 'товаров', other: 'товара' })

export const shell: typeof english = {
  skip: 'К содержанию',
  search: 'Поиск',
  searchHint: 'Кроссовки, мячи, бренды …',
  categories: 'Категории',
  cart: 'Корзина',
  cartWith: (count) => (count === 0 ? 'Корзина пуста' : `Корзина: ${units(count)}`),
  account: 'Кабинет',
  language: 'Язык',
  pricesIn: (currency: string) => `Цены в ${currency}`,
  menu: 'Меню',
  close: 'Закрыть',
  forDevelopers: 'Разработчикам: API и документация',
  accountOf: (name) => `Кабинет: ${name}`,
  orders: 'Мои заказы',
  register: 'Создать аккаунт',
  delivery: 'Доставка',
  deliveryBy: { post: 'Почтой', courier: 'Курьером', pickup: 'Самовывоз' },
  free: 'Бесплатно',
  wishlist: 'Список желаний',
}
