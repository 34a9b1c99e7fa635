import type { search as english } from '../en/search.ts'
import { plural } from '../plural.ts'

const language = 'uk'

export const search: typeof english = {
  all: 'Усі товари',
  results: (text) => `«${text}»`,
  title: (text, shop) => `${text}: пошук · ${shop}`,
  description: (shop) => `Усе, що є в ${shop}: пошук, фільтри, ціни.`,
  insteadOf: (meant) => `Показуємо результати за запитом «${meant}»`,
  typed: (text) => `Ви ввели «${text}».`,
  missing: 'Товарів з усіма цими словами немає, тож ось ті, де їх найбільше.',
  cut: 'Запит задовгий: ми прочитали лише його початок.',
  nothing: (text) => `За запитом «${text}» нічого не знайшлося`,
  nothingMore: 'Спробуйте менше слів чи загальніше слово або перевірте, чи немає помилки.',
  similar: 'Можливо, ви шукали',
  categories: 'Зазирніть до категорій',
  newest: 'Новинки крамниці',
  suggestions: 'Підказки',
  count: plural(language, {
    one: 'підказка',
    few: 'підказки',
    many: 'підказок',
    other: 'підказки',
  }),
  countNone: 'Підказок немає',
  keys: 'Вибирайте стрілками вгору та вниз.',
  kinds: { word: 'Слова', category: 'Категорії', brand: 'Бренди', product: 'Товари' },
}
