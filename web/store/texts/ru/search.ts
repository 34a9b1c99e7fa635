import type { search as english } from '../en/search.ts'
import { plural } from '../plural.ts'

const language = 'ru'

export const search: typeof english = {
  all: 'Все товары',
  results: (text) => `«${text}»`,
  title: (text, shop) => `${text}: поиск · ${shop}`,
  description: (shop) => `Всё, что есть в ${shop}: поиск, фильтры, цены.`,
  insteadOf: (meant) => `Показываем результаты по запросу «${meant}»`,
  typed: (text) => `Вы ввели «${text}».`,
  missing: 'Товаров со всеми этими словами нет, поэтому вот те, где их больше всего.',
  cut: 'Запрос слишком длинный: мы прочитали только его начало.',
  nothing: (text) => `По запросу «${text}» ничего не нашлось`,
  nothingMore: 'Попробуйте меньше слов или более общее слово либо проверьте, нет ли опечатки.',
  similar: 'Возможно, вы искали',
  categories: 'Загляните в категории',
  newest: 'Новинки магазина',
  suggestions: 'Подсказки',
  count: plural(language, {
    one: 'подсказка',
    few: 'подсказки',
    many: 'подсказок',
    other: 'подсказки',
  }),
  countNone: 'Подсказок нет',
  keys: 'Выбирайте стрелками вверх и вниз.',
  kinds: { word: 'Слова', category: 'Категории', brand: 'Бренды', product: 'Товары' },
}
