import type { browse as english } from '../en/browse.ts'
import { plural } from '../plural.ts'

const language = 'uk'
const products = plural(language, {
  one: 'товар',
  few: 'товари',
  many: 'товарів',
  other: 'товару',
})

export const browse: typeof english = {
  home: 'Головна',
  breadcrumbs: 'Ви тут',
  subcategories: 'У цій категорії',
  products,
  description: (name, shop, count) =>
    `${name} у ${shop}: ${products(count)} в наявності, чесні ціни, розміри й відгуки.`,
  title: (name, shop) => `${name} · ${shop}`,
  filters: 'Фільтри',
  show: (count) => `Показати ${products(count)}`,
  apply: 'Застосувати',
  close: 'Закрити фільтри',
  chosen: 'Вибрані фільтри',
  remove: (filter) => `Прибрати фільтр ${filter}`,
  clear: 'Скинути все',
  category: 'Категорія',
  allCategories: 'Усі категорії',
  brand: 'Бренд',
  price: 'Ціна',
  priceFrom: (currency) => `Від, ${currency}`,
  priceTo: (currency) => `До, ${currency}`,
  lowest: 'Найнижча ціна',
  highest: 'Найвища ціна',
  above: (price) => `від ${price}`,
  below: (price) => `до ${price}`,
  yes: 'Так',
  no: 'Ні',
  allValues: (count) => `Показати всі ${count}`,
  fewerValues: 'Показати менше',
  sort: 'Сортування',
  sorts: {
    relevance: 'Найкращий збіг',
    newest: 'Спершу новинки',
    'price-up': 'Спершу дешевші',
    'price-down': 'Спершу дорожчі',
  },
  results: 'Товари',
  shown: (shown, total) => `Показано ${shown} з ${total}`,
  more: 'Показати ще',
  loading: 'Завантажуємо …',
  fromStart: 'До початку списку',
  nothingHere: 'Тут поки що порожньо',
  nothingHereMore: 'Нові товари вже в дорозі. А тим часом зазирніть сюди:',
  nothingLeft: 'Нічого не підходить під усе одразу',
  nothingLeftMore: 'Приберіть один чи два фільтри, і буде з чого вибрати.',
  clearFilters: 'Скинути фільтри',
}
