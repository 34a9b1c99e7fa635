import type { browse as english } from '../en/browse.ts'
import { plural } from '../plural.ts'

const language = 'ru'
const products = plural(language, {
  one: 'товар',
  few: 'товара',
  many: 'товаров',
  other: 'товара',
})

export const browse: typeof english = {
  home: 'Главная',
  breadcrumbs: 'Вы здесь',
  subcategories: 'В этой категории',
  products,
  description: (name, shop, count) =>
    `${name} в ${shop}: ${products(count)} в наличии, честные цены, размеры и отзывы.`,
  title: (name, shop) => `${name} · ${shop}`,
  filters: 'Фильтры',
  show: (count) => `Показать ${products(count)}`,
  apply: 'Применить',
  close: 'Закрыть фильтры',
  chosen: 'Выбранные фильтры',
  remove: (filter) => `Убрать фильтр ${filter}`,
  clear: 'Сбросить всё',
  category: 'Категория',
  allCategories: 'Все категории',
  brand: 'Бренд',
  price: 'Цена',
  priceFrom: (currency) => `От, ${currency}`,
  priceTo: (currency) => `До, ${currency}`,
  lowest: 'Самая низкая цена',
  highest: 'Самая высокая цена',
  above: (price) => `от ${price}`,
  below: (price) => `до ${price}`,
  yes: 'Да',
  no: 'Нет',
  allValues: (count) => `Показать все ${count}`,
  fewerValues: 'Показать меньше',
  sort: 'Сортировка',
  sorts: {
    relevance: 'Лучшее совпадение',
    newest: 'Сначала новинки',
    'price-up': 'Сначала дешевле',
    'price-down': 'Сначала дороже',
  },
  results: 'Товары',
  shown: (shown, total) => `Показано ${shown} из ${total}`,
  more: 'Показать ещё',
  loading: 'Загружаем …',
  fromStart: 'К началу списка',
  nothingHere: 'Здесь пока пусто',
  nothingHereMore: 'Новые товары уже в пути. А пока загляните сюда:',
  nothingLeft: 'Ничего не подходит под всё сразу',
  nothingLeftMore: 'Уберите один-два фильтра, и будет из чего выбрать.',
  clearFilters: 'Сбросить фильтры',
}
