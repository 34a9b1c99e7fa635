import { plural } from '../plural.ts'
import type { wishlist as english } from '../en/wishlist.ts'

const language = 'uk'

export const wishlist: typeof english = {
  title: 'Список бажань',
  count: plural(language, { one: 'товар', few: 'товари', many: 'товарів', other: 'товару' }),
  empty: 'Тут ще порожньо',
  emptyMore:
    'Натисніть сердечко біля того, що сподобалося. Воно чекатиме тут – з ціною і наявністю.',
  toShop: 'До магазину',
  guest:
    'Зберігається лише в цьому браузері, до 30 товарів. Увійдіть, щоб мати список на всіх пристроях.',
  signIn: 'Увійти',
  toCart: 'У кошик',
  toCartOf: (name) => `У кошик: ${name}`,
  choose: 'Вибрати',
  chooseOf: (name) => `Вибрати варіант: ${name}`,
  look: 'Переглянути інші',
  lookOf: (name) => `Переглянути інші: ${name}`,
  remove: 'Прибрати',
  removeOf: (name) => `Прибрати зі списку бажань: ${name}`,
  gone: 'Більше не продається',
  goneProduct: 'Товар, який більше не продається',
  goneVariant: 'Цей варіант більше не продається',
  soldOut: 'Зараз розпродано. Товар лишається у списку – загляньте пізніше.',
  removed: (name) => `Прибрано зі списку бажань: ${name}.`,
  undo: 'Повернути',
  moved: (name) => `Тепер у кошику: ${name}.`,
  openCart: 'Відкрити кошик',
  older: 'Показати давніші',
  newest: 'До найновіших',
  faults: {
    full: 'У списку вже 200 товарів, більше не вміститься. Спершу щось приберіть.',
    'full-of-guest': 'Без акаунта зберігається 30 товарів. Увійдіть, щоб додати більше.',
    unknown: 'Цього вже не продають.',
    unavailable: 'Не вдалося. Спробуйте ще раз за хвилину.',
  },
}
